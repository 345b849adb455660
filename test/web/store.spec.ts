import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LiveChange, SnapshotDto } from '../../src/live/live.dto.js';
import { LiveStore } from '../../web/src/live/store.js';

const unit = (id: string, version: number, state = 'available') => ({ id, version, state });
const snapshot = (seq: number, teamUnits: object[]): SnapshotDto =>
  ({
    seq, at: '2026-11-22T00:00:00Z', actor: { userId: 'u' }, societies: [], incidents: [], teams: [], teamUnits, assignments: [],
    rolls: [], helpCalls: [], supplyOrders: [], alerts: [], replies: [], chainFaults: [], suggestions: [], warehouses: [], items: [], stockLevels: [], papers: [],
    responses: [], tasks: [], dutyNotices: [], alarms: [], clockSettings: [], mapLayers: [],
  }) as unknown as SnapshotDto; // prettier-ignore
const change = (seq: number, row: { id: string; version: number }): LiveChange => ({
  seq, kind: 'team-unit.changed', subject: 'team-unit', subjectId: row.id, version: row.version, data: row, at: '', incidentId: null, actorName: null,
}); // prettier-ignore

describe('the picture of a console', () => {
  let store: LiveStore;
  beforeEach(() => {
    store = new LiveStore();
    store.replace(snapshot(10, [unit('a', 1), unit('b', 1)]));
  });
  afterEach(() => store.clear());

  it('applies a burst as one frame, in the order of the journal', () => {
    let told = 0;
    store.subscribe(['team-unit'], () => (told += 1));
    store.push(change(12, unit('a', 3, 'booked')));
    store.push(change(11, unit('a', 2)));
    expect(store.pending).toBe(2);
    store.flush();
    expect([told, store.seq, store.row('team-unit', 'a')?.state]).toEqual([1, 12, 'booked']);
  });

  it('tells only the rows concerned', () => {
    const told: string[] = [];
    store.subscribe(['team-unit/a'], () => told.push('a'));
    store.subscribe(['team-unit/b'], () => told.push('b'));
    store.push(change(11, unit('b', 2)));
    store.flush();
    expect(told).toEqual(['b']);
  });

  it('keeps what arrives while a snapshot is on its way, and applies what is newer than it', () => {
    store.hold();
    store.push(change(11, unit('a', 2, 'booked')));
    store.push(change(13, unit('b', 2, 'booked')));
    store.flush();
    expect(store.seq).toBe(10);
    store.replace(snapshot(12, [unit('a', 2, 'stood-down'), unit('b', 1)]));
    store.release();
    expect([store.seq, store.row('team-unit', 'a')?.state, store.row('team-unit', 'b')?.state]).toEqual([
      13,
      'stood-down',
      'booked',
    ]);
  });

  it('moves on past numbers outside its scope, but never past what still waits', () => {
    store.push(change(14, unit('a', 2, 'booked')));
    store.reach(20);
    expect([store.seq, store.row('team-unit', 'a')?.state]).toEqual([20, 'booked']);
    store.push(change(19, unit('a', 9)));
    store.flush();
    expect(store.row('team-unit', 'a')?.version).toBe(2);
    store.reach(15);
    expect(store.seq).toBe(20);
  });
});
