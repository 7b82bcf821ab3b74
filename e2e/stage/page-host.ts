import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HostedPage {
  head?: string;
  body?: string;
  headers?: Record<string, string>;
  /** Redirects there instead of showing a page. */
  redirect?: string;
}

/**
 * Serves the pages of a test on two origins: browsers treat `http://127.0.0.1:…` and `http://localhost:…` as different sites.
 */
export class PageHost {
  readonly #pages = new Map<string, HostedPage>();
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (request, response) => {
      const page = this.#pages.get(request.url?.split('?')[0] ?? '');
      if (page !== undefined) {
        const { head = '', body = '', headers, redirect } = page;
        if (redirect !== undefined) {
          response.writeHead(302, { location: redirect }).end();
          return;
        }
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
        response.end(
          `<!doctype html><html lang="es"><head><title>Mini programa</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`,
        );
        return;
      }
      if (request.url?.startsWith('/echo')) {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk);
        const { method, url, headers } = request;
        response.writeHead(200, { 'content-type': 'application/json', 'x-served-by': 'echo' });
        response.end(JSON.stringify({ method, url, type: headers['content-type'], body: Buffer.concat(chunks).toString() }));
        return;
      }
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"here":"nothing"}');
    });
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get otherOrigin(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Serves a page on both origins. @returns its path */
  add(page: HostedPage): string {
    const path = `/page-${this.#pages.size + 1}`;
    this.#pages.set(path, page);
    return path;
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }
}
