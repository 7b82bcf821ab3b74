import { createServer, type IncomingMessage, type Server, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request that is held, or the second half of its answer. */
interface Held {
  path: string;
  pass(): void;
  /** Passes the first half of the answer's body. The second half is held. */
  passHalf?(): void;
}

/** Passes the requests of a browser to a server, and records them. It can hold them back, to see which ones do not wait for others. */
export class RecordingProxy {
  /** Method and path of each request, without query and without the hash in the name of an asset. */
  requests: string[] = [];
  readonly #server: Server;
  #held: Held[] | undefined;
  #holds = /^/;
  #heard: () => void = () => {};

  /** @param target the address of the server */
  constructor(target: string) {
    this.#server = createServer((request, response) => {
      const path = (request.url ?? '').replace(/\?.*|^\/t\/[^/]+/g, '').replace(/-[0-9a-f]{12}\./, '.');
      this.requests.push(`${request.method} ${path}`);
      const answered = () => forward(new URL(request.url ?? '', target), request, response);
      // A browser that leaves the page ends its requests, such as its event stream.
      const pass = () =>
        answered().then(
          (body) => response.end(body),
          () => response.destroy(),
        );
      const passHalf = async () => {
        const body = await answered();
        response.write(body.subarray(0, body.length / 2));
        this.#held?.push({ path, pass: () => response.end(body.subarray(body.length / 2)) });
      };
      if (this.#held === undefined || !this.#holds.test(path)) pass();
      else this.#held.push({ path, pass, passHalf });
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

  /** Answers no request from now on, until it is released. @param paths of the requests; default: all */
  hold(paths = /^/): void {
    this.#holds = paths;
    this.#held = [];
  }

  /** Waits until this many requests are held. */
  async holds(count: number): Promise<void> {
    while ((this.#held?.length ?? 0) < count)
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
  }

  /** Passes the held request to this path on. */
  release(path: string): void {
    this.#take(path).pass();
  }

  /** Passes the held request to this path on, and the first half of its answer. The second half is held. */
  releaseHalf(path: string): void {
    this.#take(path).passHalf?.();
  }

  /** Passes all held requests on, and those that follow. */
  stopHolding(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const one of held) one.pass();
  }

  #take(path: string): Held {
    const index = this.#held?.findIndex((one) => one.path === path) ?? -1;
    const [held] = index < 0 ? [] : (this.#held?.splice(index, 1) ?? []);
    if (held === undefined) throw new Error(`no request to ${path} is held`);
    return held;
  }
}

/** Sends a request on. Writes the head of the answer. @returns its body */
function forward(url: URL, request: IncomingMessage, response: ServerResponse): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const { method, headers } = request;
    const sent = send(url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      resolve(buffer(answer));
    });
    sent.on('error', reject);
    request.pipe(sent);
    response.on('close', () => sent.destroy());
  });
}
