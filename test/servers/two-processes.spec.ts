import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import type { IncidentDto } from '../../src/incidents/incidents.dto.js';
import type { LiveChange, SnapshotDto } from '../../src/live/live.dto.js';
import { Cluster, type Running } from '../support/processes.js';

const OFFICER = 'duty.331082';
const report = { kind: 'flood', placeText: '示范', location: { lon: 121.14, lat: 28.86 } };

describe('two web processes', () => {
  let cluster: Cluster;
  let one: Running;
  let other: Running;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    cluster = await Cluster.open(12);
    one = await cluster.start('web');
    other = await cluster.start('web');
  }, 120_000);
  afterAll(async () => {
    for (const socket of sockets) socket.close();
    await cluster?.close();
  }, 30_000);

  async function consoleAt(process: Running, token: string): Promise<{ socket: Socket; changes: LiveChange[] }> {
    const { seq } = await process.call<SnapshotDto>('/live/snapshot', { token });
    const socket = io(process.url, { auth: { token }, transports: ['websocket'], reconnection: false });
    sockets.push(socket);
    await new Promise((resolve) => socket.once('live:ready', resolve));
    const changes: LiveChange[] = [];
    socket.on('live:change', (change: LiveChange) => changes.push(change));
    expect(await socket.emitWithAck('live:join', { after: seq })).toMatchObject({ ok: true });
    return { socket, changes };
  }

  it('show a command at one to a console at the other within a second', async () => {
    const token = await one.signIn(OFFICER);
    const { socket } = await consoleAt(other, token);
    const told = new Promise<LiveChange>((resolve) => socket.once('live:change', resolve));
    const startedAt = Date.now();
    const { id } = await one.call<IncidentDto>('/incidents', { token, body: report });
    const change = await told;
    expect(Date.now() - startedAt).toBeLessThan(1000);
    expect(change).toMatchObject({ kind: 'incident.reported', subjectId: id });
  });

  it('tell consoles of both the same changes in the same order', async () => {
    const token = await one.signIn(OFFICER);
    const [first, second] = [await consoleAt(one, token), await consoleAt(other, token)];
    await Promise.all(
      [one, other, one, other, one, other].map((process) => process.call('/incidents', { token, body: report })),
    );
    while (first.changes.length < 6 || second.changes.length < 6) await new Promise((wake) => setTimeout(wake, 10));
    expect(second.changes).toEqual(first.changes);
  });

  it('answer a question at the other behind what one has taken', async () => {
    const token = await one.signIn(OFFICER);
    const { socket, changes } = await consoleAt(other, token);
    for (let nth = 0; nth < 5; nth += 1) {
      const { id } = await one.call<IncidentDto>('/incidents', { token, body: report });
      expect(await socket.emitWithAck('live:catch-up')).toEqual({ ok: true });
      expect(changes.map(({ subjectId }) => subjectId)).toContain(id);
    }
  });

  it('answer one command sent to both at once with one answer', async () => {
    const token = await one.signIn(OFFICER);
    const key = randomUUID();
    const answers = await Promise.all(
      [one, other, one, other].map((process) => process.call<IncidentDto>('/incidents', { token, key, body: report })),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  });

  it('close a console at the other when its session ends at one', async () => {
    const token = await one.signIn(OFFICER);
    const { socket } = await consoleAt(other, token);
    const gone = new Promise((resolve) => socket.once('disconnect', resolve));
    await fetch(`${one.url}/api/v1/sessions/current`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    await gone;
    expect((await other.ask('/me', { token })).status).toBe(401);
  });
});
