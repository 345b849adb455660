import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pg from 'pg';
import { DEMO_PASSWORD } from './database.js';

interface Answer<T> {
  status: number;
  body: T;
}

/** One process of the built program. */
export class Running {
  constructor(
    readonly url: string,
    readonly child: ChildProcess,
  ) {}

  async ask<T>(path: string, options: { token?: string; body?: object; key?: string } = {}): Promise<Answer<T>> {
    const { token, body, key } = options;
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(key ? { 'idempotency-key': key } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: (await response.json()) as T };
  }

  /** The answer of a request that must succeed. */
  async call<T>(path: string, options: { token?: string; body?: object; key?: string } = {}): Promise<T> {
    const { status, body } = await this.ask<T>(path, options);
    if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  async signIn(account: string): Promise<string> {
    return (await this.call<{ token: string }>('/sessions', { body: { account, password: DEMO_PASSWORD } })).token;
  }
}

/**
 * The built program in several processes, as it runs on servers: a new database on TEST_DATABASE_URL with the demo of today, and a
 * numbered database of TEST_REDIS_URL that is emptied first.
 */
export class Cluster {
  private readonly running: Running[] = [];
  private constructor(
    private readonly adminUrl: string,
    private readonly database: string,
    readonly redisUrl: string,
    readonly redis: Redis,
    private readonly home: string,
  ) {}

  static async open(redisDatabase: number): Promise<Cluster> {
    const { TEST_DATABASE_URL: adminUrl, TEST_REDIS_URL: redisServer } = process.env;
    if (!adminUrl || !redisServer) throw new Error('server suites need TEST_DATABASE_URL and TEST_REDIS_URL');
    const database = `chiyuan_processes_${randomBytes(6).toString('hex')}`;
    await administer(adminUrl, `create database ${database}`);
    const redisUrl = Object.assign(new URL(redisServer), { pathname: `/${redisDatabase}` }).toString();
    const redis = new Redis(redisUrl);
    await redis.flushdb();
    return new Cluster(adminUrl, database, redisUrl, redis, mkdtempSync(join(tmpdir(), 'chiyuan-processes-')));
  }

  get databaseUrl(): string {
    return Object.assign(new URL(this.adminUrl), { pathname: `/${this.database}` }).toString();
  }

  async start(role: 'web' | 'worker', settings: Record<string, string> = {}): Promise<Running> {
    const env = {
      ...process.env, NODE_ENV: 'development', NODE_OPTIONS: '', ROLE: role, PORT: '0', LOG_LEVEL: 'error', DATA_DIR: this.home,
      DATABASE_URL: this.databaseUrl, REDIS_URL: this.redisUrl, ...settings,
    }; // prettier-ignore
    const child = fork('dist/main.js', [], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const port = await new Promise<number>((resolve, reject) => {
      child.once('message', (message: { port: number }) => resolve(message.port));
      child.once('exit', (code) => reject(new Error(`${role} stopped with ${code}`)));
    });
    const one = new Running(`http://127.0.0.1:${port}`, child);
    this.running.push(one);
    return one;
  }

  async close(): Promise<void> {
    await Promise.all(this.running.map(({ child }) => stopped(child)));
    await this.redis.flushdb();
    this.redis.disconnect();
    await administer(this.adminUrl, `drop database ${this.database} with (force)`);
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** Stands before a server and can fall silent: it takes what comes and says nothing, as a broken network does. */
export class Line {
  private readonly open = new Set<Socket>();
  private silent = false;
  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async to(target: string): Promise<Line> {
    const { hostname, port } = new URL(target);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const own = (server.address() as AddressInfo).port;
    const line = new Line(Object.assign(new URL(target), { port: String(own) }).toString(), server);
    server.on('connection', (near) => line.join(near, createConnection(Number(port), hostname)));
    return line;
  }

  fallSilent(): void {
    this.silent = true;
    for (const socket of this.open) socket.pause();
  }

  speakAgain(): void {
    this.silent = false;
    for (const socket of this.open) socket.resume();
  }

  close(): void {
    for (const socket of this.open) socket.destroy();
    this.server.close();
  }

  private join(near: Socket, far: Socket): void {
    for (const [from, to] of [[near, far], [far, near]] as const) {
      this.open.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => void (this.open.delete(from), to.destroy()));
    } // prettier-ignore
    if (this.silent) this.fallSilent();
  }
}

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  return gone;
}

async function administer(url: string, sql: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(sql).finally(() => admin.end());
}

/** Looks again until the fact is there; fails with what was seen last. */
export async function eventually<T>(
  look: () => Promise<T>,
  isTrue: (seen: T) => boolean,
  withinMs: number,
): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (isTrue(seen)) return seen;
    if (Date.now() > until) throw new Error(`not within ${withinMs} ms; seen last: ${JSON.stringify(seen)}`);
    await sleep(100);
  }
}
