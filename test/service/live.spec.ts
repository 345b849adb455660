import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { AccessService, type Actor } from '../../src/access/index.js';
import { IncidentsService } from '../../src/incidents/index.js';
import { SnapshotService } from '../../src/live/snapshot.service.js';
import { startApp, type TestApp } from '../support/app.js';

type SignedIn = Actor & { token: string };
const report = {
  kind: 'flood', severity: 'IV', placeText: '示范', whatHappened: '', reporter: { source: 'public' }, exercise: false,
  location: { lon: 121.14, lat: 28.86, datum: 'WGS84' },
} as const; // prettier-ignore

describe('the live line', () => {
  let app: TestApp;
  const sockets: Socket[] = [];
  beforeAll(async () => void (app = await startApp()), 120_000);
  afterEach(() => sockets.splice(0).forEach((socket) => socket.close()));
  afterAll(() => app?.close());

  function open(options: { token?: string; headers?: Record<string, string> }): Promise<Socket> {
    const { token, headers = {} } = options;
    const auth = token ? { token } : {};
    const socket = io(app.url, {
      auth, extraHeaders: headers, transports: ['websocket'], reconnection: false, forceNew: true,
    }); // prettier-ignore
    sockets.push(socket);
    return new Promise((resolve, reject) => {
      socket.once('live:ready', () => resolve(socket));
      socket.once('live:refused', ({ code }: { code: string }) => reject(new Error(code)));
    });
  }
  const gone = (socket: Socket) => new Promise((resolve) => socket.once('disconnect', resolve));
  const join = (socket: Socket, after: number): Promise<{ ok: boolean; code?: string }> =>
    socket.emitWithAck('live:join', { after });
  const headOf = async (actor: SignedIn) => (await app.get(SnapshotService).snapshot(actor)).seq;

  it('opens by the cookie to our own pages, and not to those of another site', async () => {
    const cookie = `chiyuan_session=${(await app.as('duty.331082')).token}`;
    await expect(open({ headers: { cookie, origin: app.url } })).resolves.toBeDefined();
    for (const origin of ['https://elsewhere.example', 'null'])
      await expect(open({ headers: { cookie, origin } })).rejects.toThrow('auth.required');
  });

  it('sends a console that is ahead of the record back to the snapshot', async () => {
    const actor = await app.as('duty.331082');
    const socket = await open(actor);
    const reset = new Promise((resolve) => socket.once('live:reset', resolve));
    await join(socket, (await headOf(actor)) + 1000);
    await reset;
  });

  it('lets go of a console that could not join, so that it comes back, when the database fails for a moment', async () => {
    const actor = await app.as('duty.331082');
    const after = await headOf(actor);
    const socket = await open(actor);
    await app.query(`alter table journal_head rename to journal_head_away`);
    const left = gone(socket);
    socket.emit('live:join', { after });
    await left;
    await app.query(`alter table journal_head_away rename to journal_head`);
    const again = await open(actor);
    const beat = new Promise((resolve) => again.once('live:beat', resolve));
    expect(await join(again, after)).toMatchObject({ ok: true });
    await beat;
  }, 20_000);

  it('replays for one join of a socket at a time', async () => {
    const actor = await app.as('duty.331082');
    const socket = await open(actor);
    const head = await headOf(actor);
    const answers = await Promise.all(Array.from({ length: 20 }, () => join(socket, head)));
    expect(answers.filter(({ ok }) => ok).length).toBeLessThan(answers.length);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ code: 'rate.limited' });
    expect(await join(socket, head)).toMatchObject({ ok: true });
  });

  it('answers a question behind all that had committed before it, and nobody who has not joined', async () => {
    const actor = await app.as('duty.331082');
    const socket = await open(actor);
    expect(await socket.emitWithAck('live:catch-up')).toEqual({ ok: false, code: 'not-joined' });
    await join(socket, await headOf(actor));
    const heard: string[] = [];
    socket.on('live:change', ({ subjectId }: { subjectId: string }) => heard.push(subjectId));
    for (let nth = 0; nth < 5; nth += 1) {
      const { id } = await app.get(IncidentsService).reportIncident(actor, report);
      expect(await socket.emitWithAck('live:catch-up')).toEqual({ ok: true });
      expect(heard).toContain(id);
    }
  });

  it('closes with its session: when that ends before the console has joined, and when its time is up', async () => {
    const waiting = await app.as('duty.331082');
    const unjoined = await open(waiting);
    const left = gone(unjoined);
    await app.get(AccessService).signOut(waiting);
    await left;

    const actor = await app.as('duty.331082');
    const socket = await open(actor);
    await join(socket, await headOf(actor));
    const expired = gone(socket);
    app.clock.forward(12 * 3_600_000 + 1);
    await expired;
    expect(await app.get(AccessService).actorOf(actor.token)).toBeUndefined();
  });

  it('tells an unjoined console nothing', async () => {
    const actor = await app.as('duty.331082');
    const socket = await open(actor);
    const heard: string[] = [];
    socket.onAny((name: string) => heard.push(name));
    await app.get(IncidentsService).reportIncident(actor, report);
    await app.settled();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard).toEqual([]);
  });
});
