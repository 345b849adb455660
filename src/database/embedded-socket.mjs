// A PostgreSQL wire front for one PGlite session. Messages of a connection run as whole batches (up to Sync or Query), and a
// connection that is inside a transaction keeps the session until it ends: connections never see each other's statements.
// docs/decisions/0003 says why the ready-made socket server is not used.
import { createServer } from 'node:net';

const SSL_REQUEST = 80877103;
const CANCEL_REQUEST = 80877102;
const TERMINATE = 'X'.charCodeAt(0);
const BATCH_ENDS = new Set(['S', 'Q'].map((letter) => letter.charCodeAt(0)));
const READY = 'Z'.charCodeAt(0);
const NOTIFICATION = 'A'.charCodeAt(0);
const IDLE = 'I'.charCodeAt(0);
/** The search path of a drill, as its connections ask for it when they open: a name of our own and what every session has. */
const DRILL_PATH = /search_path=(drill_\d+,pg_catalog,public) /;

/** Serves `pglite` on a loopback port; answers { port, close }. close() waits for the batch that is running. `path`: what the session has. */
export async function serve(pglite, port, path) {
  const connections = new Set();
  let current = path;
  let waiting = [];
  let owner = null;
  let running = false;
  let idle = () => undefined;

  const next = () => {
    const at = owner ? waiting.findIndex((batch) => batch.connection === owner) : 0;
    return at < 0 ? undefined : waiting.splice(at, 1)[0];
  };
  async function run() {
    if (running) return;
    running = true;
    for (let batch = next(); batch; batch = next()) await answer(batch);
    running = false;
    idle();
  }
  async function answer({ connection, messages }) {
    let status = IDLE;
    const parts = [];
    await look(connection.path ?? path);
    await pglite.runExclusive(async () => {
      for (const message of messages) {
        await pglite.execProtocolRawStream(message, { onRawData: (data) => parts.push(Buffer.from(data)) });
      }
    });
    const { reply, notifications, ready } = split(Buffer.concat(parts));
    status = ready ?? status;
    owner = status === IDLE ? null : connection;
    if (notifications.length) for (const other of connections) other.socket.write(Buffer.concat(notifications));
    connection.socket.write(reply);
    if (connection.closed && owner === connection) await abandon(connection);
  }
  /** The one session looks where the connection looks that it answers; never changed inside a transaction, because its owner stays. */
  async function look(wanted) {
    if (wanted === current) return;
    await pglite.exec(`set search_path = ${wanted}`);
    current = wanted;
  }
  /** A connection that went away inside a transaction must not keep the session. */
  async function abandon(connection) {
    if (owner !== connection) return;
    await pglite.exec('rollback');
    owner = null;
  }

  const server = createServer((socket) => {
    socket.setNoDelay(true);
    const connection = { socket, closed: false, started: false, buffer: Buffer.alloc(0), messages: [] };
    connections.add(connection);
    socket.on('data', (data) => {
      connection.buffer = Buffer.concat([connection.buffer, data]);
      if (collect(connection, (messages) => waiting.push({ connection, messages }))) void run();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      connection.closed = true;
      connections.delete(connection);
      waiting = waiting.filter((batch) => batch.connection !== connection);
      if (!running) void abandon(connection).then(run);
    });
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    close: async () => {
      server.close();
      waiting = [];
      if (running) await new Promise((resolve) => (idle = resolve));
      for (const { socket } of connections) socket.destroy();
    },
  };
}

/** Takes whole messages off the buffer; hands over each batch that is complete. Answers whether any was. */
function collect(connection, handOver) {
  let complete = false;
  for (;;) {
    const { buffer, started } = connection;
    if (buffer.length < (started ? 5 : 8)) return complete;
    const length = started ? 1 + buffer.readInt32BE(1) : buffer.readInt32BE(0);
    if (buffer.length < length) return complete;
    connection.buffer = buffer.subarray(length);
    const message = new Uint8Array(buffer.subarray(0, length));
    if (!started) {
      const code = buffer.readInt32BE(4);
      if (code === SSL_REQUEST) connection.socket.write('N');
      else if (code === CANCEL_REQUEST) connection.socket.end();
      else {
        connection.started = true;
        connection.path = DRILL_PATH.exec(buffer.toString('latin1', 8, length))?.[1];
        handOver([message]);
        complete = true;
      }
      continue;
    }
    if (message[0] === TERMINATE) {
      connection.socket.end();
      return complete;
    }
    connection.messages.push(message);
    if (!BATCH_ENDS.has(message[0])) continue;
    handOver(connection.messages);
    connection.messages = [];
    complete = true;
  }
}

/** Parts a reply into what its asker gets and notifications, which everyone gets; says the transaction status it ends in. */
function split(data) {
  const reply = [];
  const notifications = [];
  let ready;
  for (let at = 0; at + 5 <= data.length;) {
    const end = at + 1 + data.readInt32BE(at + 1);
    const message = data.subarray(at, end);
    if (message[0] === NOTIFICATION) notifications.push(message);
    else reply.push(message);
    if (message[0] === READY) ready = message[5];
    at = end;
  }
  return { reply: Buffer.concat(reply), notifications, ready };
}
