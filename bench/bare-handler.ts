import { createServer } from 'node:http';
import postgres from 'postgres';

/**
 * What the ballot box is measured against: a bare Node handler that reads the same request and does
 * one durable insert. No check, no signature, no lock. Run by bench/ballot-box.ts.
 */
const [url = '', port = '0', connections = '16'] = process.argv.slice(2);
const sql = postgres(url, { max: Number(connections), connection: { synchronous_commit: 'on' } });
const ANSWER = '{"status":201}';

createServer((request, response) => {
  void (async () => {
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    const text = Buffer.concat(parts).toString('utf8');
    const { receipt } = JSON.parse(text) as { receipt: string };
    await sql`insert into bare (id, body) values (${receipt}, ${text})`;
    response
      .writeHead(201, { 'content-type': 'application/json', 'content-length': ANSWER.length })
      .end(ANSWER);
  })().catch(() => response.writeHead(503, { 'content-length': 0 }).end());
}).listen(Number(port));
