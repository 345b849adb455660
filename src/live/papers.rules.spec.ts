import { describe, expect, it } from '@jest/globals';
import { OPEN_PAPERS, PAPER_KINDS } from '../relief-stock/papers.dto.js';
import { applyChange, leaves, type Picture, pictureOf } from './console.rules.js';
import type { LiveChange, SnapshotDto } from './live.dto.js';
import { SUBJECT_LISTS } from './live.dto.js';

const ID = '019c0000-0000-7000-8000-000000000001';
const empty = (): Picture => pictureOf({ seq: 0, ...Object.fromEntries(Object.values(SUBJECT_LISTS).map((list) => [list, []])) } as never as SnapshotDto); // prettier-ignore
const told = (subject: string, data: object, seq: number): LiveChange => ({
  seq, kind: 'x', subject, subjectId: ID, version: seq, data: { id: ID, number: 'N-1', ...data }, at: '2026-07-21T00:00:00.000Z', incidentId: null,
  actorName: null,
}); // prettier-ignore
const transfer = {
  from: { id: 'a', name: '甲库' },
  to: { id: 'b', name: '乙库' },
  statusSince: '2026-07-21T01:00:00.000Z',
  note: '不进行',
};

describe('open papers on a console', () => {
  it('are one row each, without what only their page shows', () => {
    const picture = empty();
    expect(applyChange(picture, told('stock-transfer', { ...transfer, status: 'departed' }, 1))).toBe(true);
    expect([...picture.rows.paper.values()]).toEqual([
      {
        id: ID, number: 'N-1', kind: 'stock-transfer', state: 'departed', warehouseId: 'a', toWarehouseId: 'b', counterpart: '乙库',
        at: transfer.statusSince, version: 1,
      }, // prettier-ignore
    ]);
    expect(applyChange(picture, told('stock-transfer', { ...transfer, status: 'arrived' }, 2))).toBe(true);
    expect(picture.rows.paper.get(ID)).toMatchObject({ state: 'arrived', version: 2 });
    expect(applyChange(picture, told('stock-transfer', { ...transfer, status: 'closed' }, 3))).toBe(true);
    expect(picture.rows.paper.size).toBe(0);
    expect(applyChange(picture, told('bin-move', {}, 4))).toBe(false);
  });

  it.each(PAPER_KINDS)('%s stays as long as it is open', (kind) => {
    for (const state of OPEN_PAPERS[kind]) expect(leaves('paper', { kind, state })).toBe(false);
    for (const state of ['closed', 'cancelled', 'posted', 'put-away', 'received-by-nobody'])
      expect(leaves('paper', { kind, state })).toBe(true);
  });

  it('name the recipient where nothing receives', () => {
    const picture = empty();
    const inquiry = {
      from: { id: 'a', name: '甲库' },
      to: null,
      recipient: '白水洋镇',
      statusSince: 'x',
      status: 'open',
    };
    applyChange(picture, told('stock-inquiry', inquiry, 1));
    expect(picture.rows.paper.get(ID)).toMatchObject({
      warehouseId: 'a',
      toWarehouseId: null,
      counterpart: '白水洋镇',
    });
  });
});
