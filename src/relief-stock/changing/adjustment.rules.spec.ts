import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { adjustmentStatus, type StockReasonDto } from './adjustment.dto.js';
import {
  ADJUSTMENT_STEPS, type AdjustmentStep, adjustmentAfter, APPROVAL, directionOf, inspectLines, isAboveThreshold, type ItemChange,
  needsApproval, type ReasonedLine, valueOf,
} from './adjustment.rules.js'; // prettier-ignore
import { jointAuthority, type LotStep, LOT_STEPS, lotAfter, kitsAfter } from './lot.rules.js';
import { unitsEntered } from './pack.rules.js';
import { matchReturn } from './return.rules.js';
import { reversalStatus } from './reversal.dto.js';
import { REVERSAL_STEPS, reversalAfter } from './reversal.rules.js';
import { lotState } from '../relief-stock.dto.js';

const codeOf = (body: () => unknown): unknown => {
  try {
    return body();
  } catch (error) {
    return (error as { code?: string }).code ?? error;
  }
};

describe('a paper', () => {
  const ALLOWED: Record<AdjustmentStep, Record<string, string>> = {
    rewrite: { draft: 'draft' },
    submit: { draft: 'submitted' },
    approve: { submitted: 'posted' },
    reject: { submitted: 'rejected' },
    cancel: { draft: 'cancelled', submitted: 'cancelled' },
    replace: { posted: 'posted' },
    reverse: { posted: 'reversed' },
  };
  it.each(adjustmentStatus.options.flatMap((status) => ADJUSTMENT_STEPS.map((step) => [status, step] as const)))(
    'from %s by %s',
    (status, step) => {
      const found = codeOf(() => adjustmentAfter(status, step));
      expect(found).toBe(ALLOWED[step][status] ?? 'adjustment.step-not-allowed');
    },
  );
});

describe('a reversal', () => {
  const ALLOWED = { approve: 'posted', reject: 'rejected', cancel: 'cancelled' };
  it.each(reversalStatus.options.flatMap((status) => REVERSAL_STEPS.map((step) => [status, step] as const)))(
    'from %s by %s',
    (status, step) => {
      const found = codeOf(() => reversalAfter(status, step));
      expect(found).toBe(status === 'submitted' ? ALLOWED[step] : 'reversal.step-not-allowed');
    },
  );
});

describe('a lot', () => {
  const ALLOWED: Record<LotStep, Record<string, string>> = {
    hold: { good: 'held' },
    quarantine: { good: 'quarantined', held: 'quarantined' },
    recall: { good: 'recalled', held: 'recalled', quarantined: 'recalled', damaged: 'recalled' },
    damage: { good: 'damaged', held: 'damaged', quarantined: 'damaged' },
    release: { held: 'good', quarantined: 'good', recalled: 'good', damaged: 'good' },
    dispose: { held: 'disposed', quarantined: 'disposed', recalled: 'disposed', damaged: 'disposed' },
  };
  it.each(lotState.options.flatMap((state) => LOT_STEPS.map((step) => [state, step] as const)))(
    'from %s by %s',
    (state, step) => {
      expect(codeOf(() => lotAfter(state, step))).toBe(ALLOWED[step][state] ?? 'lot.step-not-allowed');
    },
  );

  const kit = (id: string, state: 'good' | 'held' | 'quarantined', causedByLotId: string | null = null) => ({
    id, state, causedByLotId,
  }); // prettier-ignore
  it('holds the good kits that contain it when it is recalled', () => {
    const kits = [kit('k1', 'good'), kit('k2', 'held'), kit('k3', 'quarantined')];
    expect(kitsAfter('recall', 'part', kits, new Map())).toEqual([kit('k1', 'held', 'part')]);
    for (const step of ['hold', 'quarantine', 'damage', 'dispose'] as const)
      expect(kitsAfter(step, 'part', kits, new Map())).toEqual([]);
  });
  it('frees the kits that its recall held, unless another part of theirs is recalled', () => {
    const kits = [
      kit('k1', 'held', 'part'),
      kit('k2', 'held'),
      kit('k3', 'quarantined', 'part'),
      kit('k4', 'held', 'part'),
    ];
    expect(kitsAfter('release', 'part', kits, new Map([['k4', ['other']]]))).toEqual([
      kit('k1', 'good'),
      kit('k4', 'held', 'other'),
    ]);
  });
});

describe('who set a lot aside, after a stricter step', () => {
  const society = (path: string) => ({ path, warehouseId: null });
  const [province, city, county, sibling] = ['/33/', '/33/3310/', '/33/3310/331082/', '/33/3310/331081/'].map(society) as [Held, Held, Held, Held]; // prettier-ignore
  type Held = ReturnType<typeof society>;
  const store = (warehouseId: string) => ({ path: county.path, warehouseId });
  it.each([
    ['the first one', null, county, county],
    ['who covers the one before', county, province, province],
    ['the one before, when the next stands below', province, county, province],
    ['the one before, when the next is one store', city, store('a'), city],
    ['the store itself again', store('a'), store('a'), store('a')],
    ['the society above two that stand beside each other', county, sibling, city],
    ['the society of two stores', store('a'), store('b'), county],
    ['the first of two that share nothing', county, society('/44/'), county],
  ])('is %s', (_, before, next, joint) => expect(jointAuthority(before, next)).toEqual(joint));
});

describe('the threshold', () => {
  const change = (more: Partial<ItemChange>): ItemChange => ({
    units: 0, earlierUnits: 0, bookUnits: 1000, priceFen: 100, ...more,
  }); // prettier-ignore
  it.each([
    ['2 % of the book is the keeper’s', { units: 20 }, false],
    ['one more is not', { units: 21 }, true],
    ['2 % together with what was posted that day', { units: 10, earlierUnits: 11 }, true],
    ['anything of nothing is above', { units: 1, bookUnits: 0 }, true],
    ['2,000 yuan is the keeper’s', { units: 20, priceFen: 10_000 }, false],
    ['a fen more is not', { units: 1, bookUnits: 1_000_000, priceFen: 200_001 }, true],
    ['2,000 yuan together with what was posted that day', { units: 1, earlierUnits: 1, priceFen: 100_001 }, true],
    ['an unknown value counts by its share', { units: 20, priceFen: null }, false],
  ])('%s', (_, more, above) => {
    expect(isAboveThreshold([change(more)])).toBe(above);
  });
  it('looks at the paper as a whole too', () => {
    const half = change({ units: 11, priceFen: 10_000 });
    expect([isAboveThreshold([half]), isAboveThreshold([half, half])]).toEqual([false, true]);
  });
  it('always asks a second person for a disposal, and for goods of another society', () => {
    expect(needsApproval('disposal', [change({ units: 1 })])).toBe(true);
    expect(needsApproval('damage', [change({ units: 1 })])).toBe(false);
    expect(needsApproval('damage', [change({ units: 1 })], { ofOthers: true })).toBe(true);
  });
  it('never lets a larger change pass where a smaller one does not', () => {
    const any = fc.record({
      units: fc.integer({ min: 1, max: 10_000_000 }), earlierUnits: fc.integer({ min: 0, max: 10_000_000 }),
      bookUnits: fc.integer({ min: 0, max: 10_000_000 }), priceFen: fc.option(fc.integer({ min: 0, max: 10_000_000 })),
    }); // prettier-ignore
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 1000 }), (one, more) => {
        if (isAboveThreshold([one])) expect(isAboveThreshold([{ ...one, units: one.units + more }])).toBe(true);
        if (!isAboveThreshold([one])) expect(valueOf([one])).toBeLessThanOrEqual(APPROVAL.valueFen);
      }),
    );
  });
});

describe('lines', () => {
  const reason = (code: string, more: Partial<StockReasonDto> = {}): StockReasonDto => ({
    code, kind: 'adjustment', direction: 'out', account: 'adjustment', name: code, nameEn: code, ...more,
  }); // prettier-ignore
  const REASONS = new Map([
    ['lost', reason('lost', { account: 'loss' })],
    ['found', reason('found', { direction: 'in' })],
    ['wrong-lot', reason('wrong-lot', { direction: 'either' })],
    ['wrong-item', reason('wrong-item', { direction: 'either' })],
    ['water', reason('water', { kind: 'damage', account: 'damage' })],
    ['expired', reason('expired', { kind: 'disposal', account: 'disposal' })],
    ['rotate', reason('rotate', { kind: 'rotation', account: 'use' })],
  ]);
  const ask = (code: string, direction?: 'in' | 'out') =>
    codeOf(() => directionOf({ line: 1, reason: code, direction }, { kind: 'adjustment', reason: REASONS.get(code) }));
  it.each([
    ['lost', undefined, 'out'],
    ['lost', 'out', 'out'],
    ['lost', 'in', 'adjustment.direction'],
    ['found', undefined, 'in'],
    ['wrong-lot', undefined, 'adjustment.direction'],
    ['wrong-lot', 'in', 'in'],
    ['wrong-lot', 'out', 'out'],
    ['water', undefined, 'adjustment.reason-unknown'],
    ['nothing', undefined, 'adjustment.reason-unknown'],
  ] as const)('%s said %s goes %s', (code, direction, way) => expect(ask(code, direction)).toBe(way));

  const line = (more: Partial<ReasonedLine> = {}): ReasonedLine => ({
    line: 1, reason: 'lost', direction: 'out', itemId: 'i', condition: 'good', units: 5,
    lot: { code: 'L', expiresOn: '2027-01-01', state: 'good' }, ...more,
  }); // prettier-ignore
  const known = { reasons: REASONS, today: '2026-07-21', replacements: 1 };
  const inspect = (kind: 'adjustment' | 'damage' | 'disposal' | 'rotation', lines: ReasonedLine[], more = {}) =>
    codeOf(() => inspectLines(kind, lines, { ...known, ...more })) ?? 'fits';
  const lot = (more: Partial<ReasonedLine['lot']>) => ({ lot: { ...line().lot, ...more } });
  it.each([
    ['a loss', 'adjustment', [line()], 'fits'],
    ['damage of good goods', 'damage', [line({ reason: 'water' })], 'fits'],
    ['damage of damaged goods', 'damage', [line({ reason: 'water', condition: 'damaged' })], 'adjustment.same-condition'],
    ['disposal of good goods', 'disposal', [line({ reason: 'expired' })], 'adjustment.unfit-only'],
    ['disposal on the last day', 'disposal', [line({ reason: 'expired', ...lot({ expiresOn: '2026-07-21' }) })], 'adjustment.unfit-only'],
    ['disposal the day after', 'disposal', [line({ reason: 'expired', ...lot({ expiresOn: '2026-07-20' }) })], 'fits'],
    ['disposal of damaged goods', 'disposal', [line({ reason: 'expired', condition: 'damaged' })], 'fits'],
    ['disposal of a recalled lot', 'disposal', [line({ reason: 'expired', ...lot({ state: 'recalled' }) })], 'fits'],
    ['disposal of a held lot', 'disposal', [line({ reason: 'expired', ...lot({ state: 'held' }) })], 'adjustment.unfit-only'],
    ['rotation of dated goods', 'rotation', [line({ reason: 'rotate' })], 'fits'],
    ['rotation of undated goods', 'rotation', [line({ reason: 'rotate', ...lot({ expiresOn: null }) })], 'adjustment.undated'],
    ['a wrong lot, as much in as out', 'adjustment', [line({ reason: 'wrong-lot' }), line({ reason: 'wrong-lot', direction: 'in' })], 'fits'],
    ['a wrong lot of two items', 'adjustment', [line({ reason: 'wrong-lot' }), line({ reason: 'wrong-lot', direction: 'in', itemId: 'j' })], 'adjustment.not-balanced'],
    ['a wrong item of two items', 'adjustment', [line({ reason: 'wrong-item' }), line({ reason: 'wrong-item', direction: 'in', itemId: 'j' })], 'fits'],
    ['a wrong item, less in than out', 'adjustment', [line({ reason: 'wrong-item' }), line({ reason: 'wrong-item', direction: 'in', units: 4 })], 'adjustment.not-balanced'],
  ] as const)('%s', (_, kind, lines, ending) => expect(inspect(kind, [...lines])).toBe(ending)); // prettier-ignore
  it('a rotation says what comes in its place', () => {
    expect(inspect('rotation', [line({ reason: 'rotate' })], { replacements: 0 })).toBe(
      'adjustment.replacement-missing',
    );
  });
});

describe('units entered', () => {
  const packs = new Map([['p', { id: 'p', itemId: 'i', name: '箱', units: 24 }]]);
  const enter = (more: object) => codeOf(() => unitsEntered({ line: 1, itemId: 'i', ...more }, packs));
  it.each([
    [{ units: 7 }, { units: 7, pack: null }],
    [{ pack: { packId: 'p', packs: 3 } }, { units: 72, pack: { name: '箱', unitsPerPack: 24, packs: 3 } }],
    [{}, 'stock.units-unclear'],
    [{ units: 1, pack: { packId: 'p', packs: 1 } }, 'stock.units-unclear'],
    [{ pack: { packId: 'q', packs: 1 } }, 'item-pack.not-found'],
    [{ itemId: 'j', pack: { packId: 'p', packs: 1 } }, 'item-pack.not-found'],
    [{ pack: { packId: 'p', packs: 10_000_000 } }, 'stock.units-too-many'],
  ])('%j', (more, found) => expect(enter(more)).toEqual(found));
});

describe('a return', () => {
  const held = [
    { cellId: 'a', lotCode: 'A', units: 5 },
    { cellId: 'b', lotCode: 'B', units: 2 },
  ];
  const match = (lines: { cellId: string; units: number }[]) =>
    codeOf(() => matchReturn(held, lines).map(({ goods, units }) => `${units}${goods.lotCode}`));
  it.each([
    [[{ cellId: 'a', units: 5 }], ['5A']],
    [[{ cellId: 'a', units: 3 }, { cellId: 'b', units: 2 }, { cellId: 'a', units: 2 }], ['3A', '2B', '2A']],
    [[{ cellId: 'a', units: 6 }], 'return.more-than-delivered'],
    [[{ cellId: 'a', units: 3 }, { cellId: 'a', units: 3 }], 'return.more-than-delivered'],
    [[{ cellId: 'c', units: 1 }], 'delivery-line.not-found'],
  ])('%j', (lines, found) => expect(match(lines)).toEqual(found)); // prettier-ignore
});
