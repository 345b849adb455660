import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CommandAnswer } from '../../src/relief-stock/offline/command.dto.js';
import {
  again, answered, commandOf, decisionsOf, forOneDecision, inOrder, KEPT_MS, momentAfter, othersOf, settled, type StockAct, stillKept, tallyOf, toSend, UNDO_MS,
  undoable, unreadable,
} from '../../web/src/relief-stock/outbox/act.rules.js'; // prettier-ignore
import { unitsLeaving, withSteps } from '../../web/src/relief-stock/outbox/overlay.rules.js';

const NOW = Date.parse('2026-07-21T08:00:00Z');
const act = (id: string, more: Partial<StockAct> = {}): StockAct => ({
  id, userId: 'wang', userName: '王', kind: 'bin-move', body: {}, label: id, page: '', draft: null, atMs: NOW - 60_000, clockOffsetMs: null,
  state: 'waiting', settledAtMs: null, refusal: null, proposal: null, reason: null, ...more,
}); // prettier-ignore
const answer = (state: CommandAnswer['state'], more: Partial<CommandAnswer> = {}): CommandAnswer => ({
  clientId: 'a', state, resultId: null, problem: null, proposal: null, ...more,
}); // prettier-ignore
const REFUSAL = answer('rejected', {
  problem: { code: 'stock.insufficient', detail: '只有 3', params: {} },
  proposal: { body: { units: 3 } },
});

describe('what was done without network', () => {
  it('leaves in the order of the hands, however it lies on the device', () => {
    const moments = fc.uniqueArray(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(moments, (times) => {
        const left = toSend(times.map((at) => act(String(at), { atMs: NOW - 1_000_000 + at })), 'wang', NOW);
        expect(left.map(({ id }) => Number(id))).toEqual([...times].sort((a, b) => a - b));
      }),
    ); // prettier-ignore
  });

  it('has a moment of its own even when the clock stands or was put back', () => {
    const first = act('a', { atMs: NOW });
    const second = act('b', { atMs: momentAfter([first], NOW) });
    const third = act('c', { atMs: momentAfter([first, second], NOW - 3_600_000) });
    expect([second.atMs, third.atMs]).toEqual([NOW + 1, NOW + 2]);
    expect(inOrder([third, second, first]).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('leaves in one name only, two hundred at once', () => {
    const acts = [act('a'), act('b', { userId: 'li', userName: '李' }), act('c', { state: 'refused' })];
    expect(toSend(acts, 'wang', NOW).map(({ id }) => id)).toEqual(['a']);
    expect(tallyOf(acts, 'wang')).toEqual({ waiting: 1, refused: 1 });
    expect(othersOf(acts, 'wang')).toEqual([{ name: '李', count: 1 }]);
    const many = Array.from({ length: 300 }, (_, n) => act(String(n)));
    expect(toSend(many, 'wang', NOW)).toHaveLength(200);
  });

  it('holds back only the last count, while it can be taken back', () => {
    const counted = (id: string, agoMs: number, more: Partial<StockAct> = {}) => act(id, { kind: 'count-line', atMs: NOW - agoMs, ...more }); // prettier-ignore
    const held = [counted('1', 3000), counted('2', 1000)];
    expect(toSend(held, 'wang', NOW).map(({ id }) => id)).toEqual(['1']);
    expect(undoable(held, 'wang', NOW)?.id).toBe('2');
    expect(undoable(held, 'li', NOW)).toBeNull();
    expect(toSend(held, 'wang', NOW + UNDO_MS).map(({ id }) => id)).toEqual(['1', '2']);
    expect(undoable([...held, act('3', { atMs: NOW })], 'wang', NOW)).toBeNull();
  });

  it('is told the same way each time, with the error of the clock as it was known first', () => {
    expect(commandOf(act('a', { atMs: NOW, clockOffsetMs: -4000, body: { x: 1 } }))).toEqual({
      clientId: 'a', kind: 'bin-move', occurredAt: '2026-07-21T08:00:00.000Z', recordedAt: '2026-07-21T08:00:00.000Z', clockOffsetMs: -4000,
      body: { x: 1 }, seen: { label: 'a' },
    }); // prettier-ignore
  });
});

describe('an act that the server has answered', () => {
  const refused = answered(act('a'), REFUSAL, NOW);

  it.each([
    ['waiting', 'applied', 'delivered'], ['waiting', 'already-applied', 'delivered'], ['waiting', 'rejected', 'refused'],
    ['waiting', 'waiting', 'waiting'], ['refused', 'applied', 'delivered'], ['delivered', 'rejected', 'delivered'],
    ['discarded', 'applied', 'discarded'], ['discarded', 'rejected', 'discarded'],
  ] as const)('was %s, is %s: %s', (state, told, expected) => {
    const said = told === 'rejected' ? REFUSAL : answer(told);
    expect(answered(act('a', { state }), said, NOW).state).toBe(expected);
  }); // prettier-ignore

  it('asks a person to decide when it was refused, with a way out each time', () => {
    expect(refused).toMatchObject({ state: 'refused', refusal: { code: 'stock.insufficient', words: '只有 3' } });
    expect(decisionsOf(refused)).toEqual(['proposed', 'again', 'change', 'discard']);
    expect(decisionsOf(unreadable(act('a'), { code: 'request.invalid', words: '' }, NOW))).toEqual(['again', 'change', 'discard']); // prettier-ignore
    expect(decisionsOf(act('a'))).toEqual([]);
  });

  it('is what the person decided', () => {
    expect(again(refused)).toEqual(act('a'));
    expect(settled(refused, 'corrected', '', NOW)).toMatchObject({ state: 'delivered', reason: null });
    expect(settled(refused, 'dropped', '数错了', NOW)).toMatchObject({ state: 'discarded', reason: '数错了' });
    // Sent meanwhile by another tab: nothing is decided about it any more.
    expect(settled(act('a', { state: 'delivered' }), 'dropped', 'x', NOW).state).toBe('delivered');
    expect(again(act('a', { state: 'delivered' })).state).toBe('delivered');
  });

  it('is never forgotten while it waits or nobody has decided', () => {
    const year = 366 * 24 * 3_600_000;
    expect([act('a'), refused].map((each) => stillKept(each, NOW + year))).toEqual([true, true]);
    const done = answered(act('a'), answer('applied'), NOW);
    expect([stillKept(done, NOW + KEPT_MS - 1), stillKept(done, NOW + KEPT_MS)]).toEqual([true, false]);
  });
});

describe('papers and goods as the tablet knows them', () => {
  const paper = { id: 't', status: 'ordered', statusSince: '2026-07-21T06:00:00.000Z' };
  const step = (kind: StockAct['kind'], atMs: number, more: Partial<StockAct> = {}) => act(kind, { kind, atMs, body: { transferId: 't' }, ...more }); // prettier-ignore

  it('stand where the last step that waits has led', () => {
    const steps = [step('transfer-load', NOW + 1), step('transfer-pick', NOW)];
    expect(withSteps(paper, steps)).toEqual({ id: 't', status: 'loaded', statusSince: '2026-07-21T08:00:00.001Z' });
    expect(withSteps(paper, [step('transfer-pick', NOW, { state: 'refused' })])).toBe(paper);
    expect(withSteps({ ...paper, id: 'other' }, steps).status).toBe('ordered');
    const handOver = (receiverName?: string) =>
      act('h', { kind: 'issue-hand-over', body: { issueId: 't', receiverName } });
    expect([withSteps(paper, [handOver('赵')]).status, withSteps(paper, [handOver()]).status]).toEqual(['signed', 'issued']); // prettier-ignore
  });

  it('stand where they led for an order of a mission too', () => {
    const order = { id: 'o', status: 'approved', statusSince: '2026-07-21T07:00:00.000Z' };
    const pick = act('p', { kind: 'order-pick', body: { orderId: 'o' }, atMs: NOW });
    const ship = act('s', { kind: 'order-ship', body: { orderId: 'o', vehicle: '浙J1' }, atMs: NOW + 1 });
    expect(withSteps(order, [pick]).status).toBe('picking');
    expect(withSteps(order, [ship, pick])).toMatchObject({
      status: 'shipped',
      statusSince: '2026-07-21T08:00:00.001Z',
    });
    expect(withSteps(order, [{ ...pick, state: 'delivered' }])).toBe(order);
  });

  it('ask once where the steps of one paper were refused for one reason', () => {
    const refused = (id: string, body: object, code: string) => act(id, { body: { ...body }, state: 'refused', refusal: { code, words: '' } }); // prettier-ignore
    const [pick, ship] = [refused('pick', { orderId: 'o' }, 'gone'), refused('ship', { orderId: 'o' }, 'gone')];
    const [other, late] = [refused('other', { orderId: 'p' }, 'gone'), refused('late', { orderId: 'o' }, 'future')];
    const [move, again] = [refused('move', {}, 'gone'), refused('again', {}, 'gone')];
    const groups = forOneDecision([pick, move, other, ship, late, again]);
    expect(groups.map((acts) => acts.map(({ id }) => id))).toEqual([['pick', 'ship'], ['move'], ['other'], ['late'], ['again']]); // prettier-ignore
  });

  it('do not count units twice that are about to leave their bin', () => {
    const move = (units: number, more: Partial<StockAct> = {}) => act('m', { body: { lines: [{ contentId: 'c', units }] }, ...more }); // prettier-ignore
    expect(unitsLeaving('c', [move(3), move(4), move(5, { state: 'delivered' })])).toBe(7);
    expect(unitsLeaving('other', [move(3)])).toBe(0);
  });
});
