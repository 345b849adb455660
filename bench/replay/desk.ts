import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { applyChange, pictureOf, type Picture } from '../../src/live/console.rules.js';
import type { LiveChange, SnapshotDto } from '../../src/live/live.dto.js';

/** A refused request, as a person would read it. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly params: Record<string, unknown>,
    what: string,
  ) {
    super(`${what}: ${status} ${code} ${JSON.stringify(params)}`);
  }
}

const RETRIES = 240;

/** One person at one device: signs in, asks, and asks again (same key) when the line or the server is down. */
export class Desk {
  private token: string | undefined;
  constructor(
    readonly url: string,
    readonly account: string,
    private readonly password: string,
    /** The drill whose addresses `url` begins, and where the real session is shown that lets in. */
    private readonly drill?: { id: string; origin: string },
  ) {}

  get = <T>(path: string): Promise<T> => this.ask<T>('GET', path, undefined, undefined);
  /** Every command has a key of its own, made before the first try: however often it is sent, it happens once. */
  post = <T>(path: string, body: object = {}, key: string = randomUUID()): Promise<T> =>
    this.ask<T>('POST', path, body, key);
  put = <T>(path: string, body: object, key: string = randomUUID()): Promise<T> => this.ask<T>('PUT', path, body, key);

  async signedIn(): Promise<string> {
    this.token ??= await this.enter();
    return this.token;
  }

  private async enter(): Promise<string> {
    const origin = this.drill?.origin ?? this.url;
    const own = { account: this.account, password: this.password };
    const { token } = await this.send<{ token: string }>('POST', '/sessions', own, {}, origin);
    if (!this.drill) return token;
    const headers = { authorization: `Bearer ${token}` };
    return (await this.send<{ token: string }>('POST', `/drills/${this.drill.id}/enter`, {}, headers, origin)).token;
  }

  private async ask<T>(method: string, path: string, body: object | undefined, key: string | undefined): Promise<T> {
    const token = await this.signedIn();
    return this.send<T>(method, path, body, {
      authorization: `Bearer ${token}`,
      ...(key ? { 'idempotency-key': key } : {}),
    });
  }

  private async send<T>(
    method: string,
    path: string,
    body: object | undefined,
    headers: Record<string, string>,
    url = this.url,
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const answer = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }).catch(() => null);
      if (answer && answer.status < 400) return (answer.status === 204 ? undefined : await answer.json()) as T;
      const again = !answer || answer.status === 503 || answer.status === 429 || answer.status === 502;
      if (!again || attempt >= RETRIES) {
        const problem = answer
          ? ((await answer.json().catch(() => ({}))) as { code?: string; params?: Record<string, unknown> })
          : {};
        throw new Refused(
          answer?.status ?? 0,
          problem.code ?? 'unreachable',
          problem.params ?? {},
          `${this.account} ${method} ${path}`,
        );
      }
      await new Promise((wake) => setTimeout(wake, 500));
    }
  }
}

/** A console as an officer has it open: snapshot, feed, and a fresh snapshot whenever the server says that it must. */
export class Screen {
  picture!: Picture;
  readonly changes: LiveChange[] = [];
  resets = 0;
  private socket!: Socket;

  constructor(private readonly desk: Desk) {}

  async open(): Promise<void> {
    const token = await this.desk.signedIn();
    await this.refresh();
    const { origin, pathname } = new URL(this.desk.url);
    this.socket = io(origin, {
      path: `${pathname === '/' ? '' : pathname}/socket.io`,
      auth: { token },
      transports: ['websocket'],
      reconnectionDelay: 200,
      reconnectionDelayMax: 1000,
    });
    this.socket.on('live:change', (change: LiveChange) => {
      this.changes.push(change);
      applyChange(this.picture, change);
    });
    this.socket.on('live:reset', () => {
      this.resets++;
      void this.refresh();
    });
    this.socket.on('live:ready', () => this.socket.emit('live:join', { after: this.picture.seq }));
    await new Promise<void>((resolve) => this.socket.once('live:ready', () => resolve()));
  }

  async fresh(): Promise<Picture> {
    return pictureOf(await this.desk.get<SnapshotDto>('/live/snapshot'));
  }

  close(): void {
    this.socket.close();
  }

  private async refresh(): Promise<void> {
    this.picture = await this.fresh();
  }
}

/** The differences between two pictures, by subject and id; empty when a console shows what the database holds. */
export function differences(shown: Picture, held: Picture): string[] {
  const found: string[] = [];
  for (const [subject, rows] of Object.entries(held.rows)) {
    const mine = shown.rows[subject as keyof Picture['rows']];
    for (const [id, row] of rows)
      if (stable(mine.get(id)) !== stable(row))
        found.push(`${subject} ${id}: ${mine.has(id) ? 'differs' : 'is missing'}`);
    for (const id of mine.keys()) if (!rows.has(id)) found.push(`${subject} ${id}: should be gone`);
  }
  return found;
}

function stable(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
