import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';
import { Server } from 'socket.io';

/** The bare floor, in a process of its own like the server: one INSERT commit, then one emit to every client. Told what to do by IPC. */
process.once(
  'message',
  (order: { databaseUrl: string; changes: number; gapMs: number; bytes: number }) => void run(order),
);

async function run({
  databaseUrl,
  changes,
  gapMs,
  bytes,
}: {
  databaseUrl: string;
  changes: number;
  gapMs: number;
  bytes: number;
}): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`create table if not exists bare (id uuid primary key, body text)`);
  const http = createServer();
  const sockets = new Server(http, { serveClient: false });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const body = 'x'.repeat(Math.max(1, bytes - 80));
  process.on('message', async () => {
    for (let n = 0; n < changes; n++) {
      const due = new Promise((wake) => setTimeout(wake, gapMs));
      const at = new Date().toISOString();
      await client.query(`insert into bare values ($1, $2)`, [randomUUID(), body]);
      sockets.emit('live:change', { seq: n, at, data: body });
      await due;
    }
    process.send!({ done: true });
  });
  process.send!({ port: (http.address() as { port: number }).port });
}
