import { connect, type Socket } from 'node:net';

/**
 * The clients of bench/ballot-box.ts, in a process of their own: their CPU is not the server's. They
 * write whole requests to kept-alive sockets and read no more of an answer than where it ends, so
 * that on two cores they take as little as possible from what is measured.
 */
export interface ClientJob {
  readonly port: number;
  readonly path: string;
  readonly clients: number;
  readonly bodies: readonly string[];
}

export interface ClientReport {
  readonly seconds: number;
  /** Milliseconds per request, ascending. */
  readonly times: readonly number[];
  /** How often each status came. */
  readonly statuses: Readonly<Record<string, number>>;
}

/** One request at a time on one socket. */
class Client {
  private buffered = '';
  private waiting: ((status: string) => void) | null = null;
  private failed: ((error: Error) => void) | null = null;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (part: string) => {
      this.read(part);
    });
    const fail = (error: Error): void => {
      this.failed?.(error);
    };
    socket.on('error', fail);
    socket.on('close', () => {
      fail(new Error('The server closed the connection'));
    });
  }

  static open(port: number): Promise<Client> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.off('error', reject);
        resolve(new Client(socket));
      });
      socket.once('error', reject);
    });
  }

  send(request: Buffer): Promise<string> {
    return new Promise((resolve, reject) => {
      this.waiting = resolve;
      this.failed = reject;
      this.socket.write(request);
    });
  }

  end(): void {
    this.failed = null;
    this.socket.destroy();
  }

  private read(part: string): void {
    this.buffered += part;
    const head = this.buffered.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = /\r\ncontent-length: (\d+)/i.exec(this.buffered)?.[1];
    if (length === undefined) {
      this.failed?.(new Error('An answer without a length'));
      return;
    }
    if (this.buffered.length < head + 4 + Number(length)) return;
    const status = this.buffered.slice(9, 12);
    this.buffered = '';
    this.waiting?.(status);
  }
}

async function run(job: ClientJob): Promise<ClientReport> {
  const requests = job.bodies.map((body) =>
    Buffer.from(
      `POST ${job.path} HTTP/1.1\r\nhost: localhost:${String(job.port)}\r\n` +
        `content-type: application/json\r\ncontent-length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`,
    ),
  );
  const clients = await Promise.all(
    Array.from({ length: job.clients }, () => Client.open(job.port)),
  );
  const times: number[] = [];
  const statuses: Record<string, number> = {};
  let next = 0;
  const started = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      for (let request = requests[next++]; request; request = requests[next++]) {
        const sent = performance.now();
        const status = await client.send(request);
        times.push(performance.now() - sent);
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  for (const client of clients) client.end();
  return { seconds, times: times.sort((a, b) => a - b), statuses };
}

process.on('message', (job: ClientJob) => {
  void run(job).then(
    (report) => process.send?.(report),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
