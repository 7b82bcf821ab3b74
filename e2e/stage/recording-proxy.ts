import { createServer, type IncomingMessage, type Server, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Passes the requests of a browser to a server, and records them. It can hold them back, to see which ones do not wait for others. */
export class RecordingProxy {
  /** Method and path of each request, without query and without the hash in the name of an asset. */
  requests: string[] = [];
  readonly #server: Server;
  #held: (() => void)[] | undefined;
  #heard: () => void = () => {};

  /** @param target the address of the server */
  constructor(target: string) {
    this.#server = createServer((request, response) => {
      const path = request.url?.replace(/\?.*|^\/t\/[^/]+/g, '').replace(/-[0-9a-f]{12}\./, '.');
      this.requests.push(`${request.method} ${path}`);
      const pass = () => forward(new URL(request.url ?? '', target), request, response);
      if (this.#held === undefined) pass();
      else this.#held.push(pass);
      this.#heard();
    });
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Answers no request from now on, until `release`. */
  hold(): void {
    this.#held = [];
  }

  /** Waits until this many requests are held. */
  async holds(count: number): Promise<void> {
    while ((this.#held?.length ?? 0) < count)
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
  }

  /** Passes the held requests on, and holds the next ones. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = [];
    for (const pass of held) pass();
  }

  /** Passes the held requests on, and all that follow. */
  stopHolding(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const pass of held) pass();
  }
}

function forward(url: URL, request: IncomingMessage, response: ServerResponse): void {
  const { method, headers } = request;
  const sent = send(url, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  sent.on('error', () => response.destroy());
  request.pipe(sent);
}
