import { type AddressInfo, createConnection, createServer, type Server, type Socket } from 'node:net';

/** What happens at a statement: it goes through, it never arrives, or it is done and nobody hears of it. */
export type Verdict = 'pass' | 'cut-before' | 'cut-after';
export interface Statement {
  sql: string;
  /** The connection that it came by. */
  by: object;
}

/**
 * Stands between a process and its database and reads along (the PostgreSQL protocol, version 3, without encryption), so that the process
 * can be killed exactly at a statement, before it arrives or after it was done, without a word of that in the product.
 */
export class Wire {
  private readonly open = new Set<Socket>();
  private constructor(
    readonly url: string,
    private readonly server: Server,
    private readonly judge: (statement: Statement) => Verdict,
    private readonly kill: () => void,
  ) {}

  static async to(target: string, judge: (statement: Statement) => Verdict, kill: () => void): Promise<Wire> {
    const { hostname, port } = new URL(target);
    const server = createServer({ noDelay: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const own = String((server.address() as AddressInfo).port);
    const wire = new Wire(Object.assign(new URL(target), { port: own }).toString(), server, judge, kill);
    server.on('connection', (near) => wire.join(near, createConnection({ port: Number(port), host: hostname, noDelay: true }))); // prettier-ignore
    return wire;
  }

  close(): void {
    this.sever();
    this.server.close();
  }

  /** Nothing of what is on its way arrives any more; connections made later are new ones. */
  private sever(): void {
    for (const socket of this.open) socket.destroy();
    this.open.clear();
  }

  private join(near: Socket, far: Socket): void {
    let held = false;
    const messages = new Messages();
    const strike = () => {
      this.sever();
      this.kill();
    };
    near.on('data', (bytes) => {
      for (const { message, sql } of messages.take(bytes)) {
        const verdict = sql === null ? 'pass' : this.judge({ sql, by: near });
        if (verdict === 'cut-before') return strike();
        held ||= verdict === 'cut-after';
        far.write(message);
      }
    });
    far.on('data', (bytes) => (held ? strike() : near.write(bytes)));
    for (const [one, other] of [[near, far], [far, near]] as const) {
      this.open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => void (this.open.delete(one), other.destroy()));
    } // prettier-ignore
  }
}

const QUERY = 0x51;
const PARSE = 0x50;

/** Cuts what a client sends into messages; the first one of a connection has no type. */
class Messages {
  private rest = Buffer.alloc(0);
  private first = true;

  *take(bytes: Buffer): Generator<{ message: Buffer; sql: string | null }> {
    this.rest = Buffer.concat([this.rest, bytes]);
    for (;;) {
      const head = this.first ? 0 : 1;
      if (this.rest.length < head + 4) return;
      const end = head + this.rest.readUInt32BE(head);
      if (this.rest.length < end) return;
      const message = this.rest.subarray(0, end);
      this.rest = this.rest.subarray(end);
      yield { message, sql: this.first ? null : sqlOf(message) };
      this.first = false;
    }
  }
}

function sqlOf(message: Buffer): string | null {
  if (message[0] !== QUERY && message[0] !== PARSE) return null;
  const from = message[0] === QUERY ? 5 : message.indexOf(0, 5) + 1;
  return message.subarray(from, message.indexOf(0, from)).toString('utf8').trim();
}
