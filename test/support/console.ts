import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import type { Actor } from '../../src/access/index.js';
import { applyChange, pictureOf, type Picture } from '../../src/live/console.rules.js';
import type { LiveChange } from '../../src/live/live.dto.js';
import { SnapshotService } from '../../src/live/snapshot.service.js';
import type { TestApp } from './app.js';

/** A console as a colleague has it open: a snapshot, then the feed by socket, patched by the same rule as the web client. */
export class TestConsole {
  readonly changes: LiveChange[] = [];
  resets = 0;
  private constructor(
    readonly app: TestApp,
    readonly actor: Actor & { token: string },
    readonly picture: Picture,
    readonly socket: Socket,
  ) {}

  static async open(app: TestApp, account: string): Promise<TestConsole> {
    const actor = await app.as(account);
    const picture = pictureOf(await app.get(SnapshotService).snapshot(actor));
    const socket = io(app.url, { auth: { token: actor.token }, transports: ['websocket'], reconnection: false });
    const console_ = new TestConsole(app, actor, picture, socket);
    socket.on('live:change', (change: LiveChange) => {
      console_.changes.push(change);
      applyChange(picture, change);
    });
    socket.on('live:reset', () => void console_.resets++);
    await new Promise<void>((resolve, reject) => {
      socket.once('live:ready', () => resolve());
      socket.once('connect_error', reject);
    });
    await socket.emitWithAck('live:join', { after: picture.seq });
    return console_;
  }

  /** The next (or an already received) change of a kind that fits; fails after five seconds. */
  async nextChange(kind: string, fits: (change: LiveChange) => boolean = () => true): Promise<LiveChange> {
    const until = Date.now() + 5000;
    for (;;) {
      const found = this.changes.find((change) => change.kind === kind && fits(change));
      if (found) return found;
      if (Date.now() > until)
        throw new Error(`no ${kind}; seen: ${this.changes.map((change) => change.kind).join(', ')}`);
      await sleep(5);
    }
  }

  /** Fails unless what this console shows equals what a console opened now would show; a busy machine may take its time to tell it. */
  async agrees(): Promise<void> {
    await this.app.settled();
    const fresh = plain(pictureOf(await this.app.get(SnapshotService).snapshot(this.actor)));
    const shown = JSON.stringify(fresh);
    const until = Date.now() + 20_000;
    let compared = -1;
    while (Date.now() < until) {
      if (this.changes.length !== compared && JSON.stringify(plain(this.picture)) === shown) return;
      compared = this.changes.length;
      await sleep(10);
    }
    expect(this.socket.connected).toBe(true);
    expect(plain(this.picture)).toEqual(fresh);
  }

  close(): void {
    this.socket.close();
  }
}

function plain(picture: Picture): Record<string, unknown> {
  const rows = Object.entries(picture.rows).map(([subject, held]) => {
    const sorted = [...held.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    return [subject, sorted.map((row) => sortKeys(row))] as const;
  });
  return Object.fromEntries(rows);
}

const sortKeys = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sortKeys)
    : value && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, part]) => [key, sortKeys(part)]),
        )
      : value;

/** Every command's test runs in here: the old snapshot plus the changes told must equal a fresh snapshot, for each of the accounts. */
export async function expectConsoleAgrees<T>(app: TestApp, accounts: string[], command: () => Promise<T>): Promise<T> {
  const consoles = await Promise.all(accounts.map((account) => TestConsole.open(app, account)));
  try {
    const result = await command();
    for (const one of consoles) await one.agrees();
    return result;
  } finally {
    for (const one of consoles) one.close();
  }
}
