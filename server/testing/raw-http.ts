import { connect } from 'node:net';

export interface RawAnswer {
  status: string;
  /** `name: value`, as received. */
  lines: string[];
  body: string;
  /** The body before decoding. */
  bytes: Buffer;
}

/** Sends bytes to an HTTP server unchanged, and returns the unparsed answer. The request must say `Connection: close`. */
export function sendRaw(url: string, bytes: string | Buffer): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      const [status = '', ...lines] = text.slice(0, end).split('\r\n');
      const bytes = Buffer.from(text.slice(end + 4), 'latin1');
      resolve({ status, lines, body: bytes.toString(), bytes });
    });
  });
}
