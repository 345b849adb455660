import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Actor } from '../../src/access/index.js';
import { AdjustmentService, CommandService } from '../../src/relief-stock/index.js';
import { type OfflineCommand, offlineCommand } from '../../src/relief-stock/offline/command.dto.js';
import { newId } from '../../src/shared/ids.js';
import { audit } from '../support/auditor.js';
import { CITY, COUNTY, HOUR, MovingWorld } from './moving-world.js';

const MINUTE = 60_000;

describe('what a keeper does without network', () => {
  let world: MovingWorld;
  let keeper: Actor;
  let bins: string[];
  beforeAll(async () => {
    world = await MovingWorld.open();
    keeper = await world.as(`keeper.${CITY}`);
    bins = (await world.app.query<{ id: string }>(`select id from stock_place where kind = 'bin' and warehouse_id = $1 order by code`, [world.city.id])).map(({ id }) => id); // prettier-ignore
  }, 240_000);
  afterEach(() => audit(world.app));
  afterAll(() => world?.close());

  const send = async (commands: OfflineCommand[], as = keeper) =>
    (await world.app.get(CommandService).takeCommands(as, { commands })).commands;
  const told = (kind: OfflineCommand['kind'], body: Record<string, unknown>, minute = 0): OfflineCommand => {
    const at = new Date(world.app.clock.now().getTime() - HOUR + minute * MINUTE).toISOString();
    return offlineCommand.parse({ clientId: newId(), kind, occurredAt: at, recordedAt: at, body });
  };
  const cellOf = async (itemId: string, binId: string) =>
    (await world.app.query<{ id: string; units: number }>(`select id, on_hand as units from stock_cell where item_id = $1 and place_id = $2`, [itemId, binId]))[0]; // prettier-ignore
  const issueOf = async (itemId: string, units: number) =>
    world.issues.orderIssue(await world.as('duty.331000'), {
      warehouseId: world.city.id, purpose: 'poor-relief', recipient: '救助站', note: '', goods: [{ itemId, units }],
      plannedAt: new Date(world.app.clock.now().getTime() + HOUR).toISOString(), occurredAt: new Date(world.app.clock.now().getTime() - 2 * HOUR).toISOString(),
    }); // prettier-ignore
  /** Goods that lay there long before the device went off the network. */
  const stocked = async (units: number) => {
    const item = await world.itemWith([{ units, binId: bins[0]! }], { priceFen: 100 });
    world.app.clock.forward(3 * HOUR);
    return item;
  };
  /** What the books say of an item and its papers: the same in whatever order the device was heard. */
  const books = async (itemId: string, papers: { issue: string; transfer: string }) => ({
    cells: await world.app.query(
      `select p.kind, case when p.kind = 'bin' then p.code end as bin, c.condition, c.on_hand as units, c.reserved from stock_cell c
       join stock_place p on p.id = c.place_id where c.item_id = $1 and c.on_hand <> 0 order by 1, 2, 3, 4`,
      [itemId],
    ),
    states: await world.app.query(
      `select status from stock_issue where id = $1 union all select status from stock_transfer where id = $2 union all
       select distinct a.kind || ' ' || a.status from stock_adjustment a join stock_adjustment_line l on l.adjustment_id = a.id where l.item_id = $3`,
      [papers.issue, papers.transfer, itemId],
    ),
  });

  it('is the same in any order, however often and in how many pieces it is told, and nothing happens twice', async () => {
    const KINDS = 7;
    const sequence = fc.record({
      order: fc.shuffledSubarray([...Array(KINDS).keys()], { minLength: KINDS }),
      repeats: fc.array(fc.nat(KINDS - 1), { maxLength: 6 }),
      cuts: fc.array(fc.nat(12), { maxLength: 4 }),
    });
    let expected: unknown;
    const run = async ({ order, repeats, cuts }: { order: number[]; repeats: number[]; cuts: number[] }) => {
      const item = await stocked(100);
      const issue = await issueOf(item.id, 10);
      const transfer = await world.transferAt('ordered', [{ itemId: item.id, units: 20 }]);
      world.app.clock.forward(2 * HOUR);
      const from = (await cellOf(item.id, bins[0]!))!;
      const commands = [
        told('bin-move', { warehouseId: world.city.id, lines: [{ contentId: from.id, toBinId: bins[1]!, units: 15 }] }, 1),
        told('issue-pick', { issueId: issue.id }, 2), told('issue-hand-over', { issueId: issue.id, receiverName: '示范领取人' }, 3),
        told('transfer-pick', { transferId: transfer.id }, 4), told('transfer-load', { transferId: transfer.id, vehicle: '浙J12345' }, 5),
        told('transfer-depart', { transferId: transfer.id }, 6),
        told('adjustment', {
          kind: 'damage', warehouseId: world.city.id, note: '', lines: [{ reason: 'water', lotId: (await lotOf(item.id)), binId: bins[0]!, units: 1 }],
        }, 7),
      ]; // prettier-ignore
      const heard = [...order, ...repeats].map((n) => commands[n]!);
      const ends = [...new Set(cuts.map((cut) => cut % heard.length)), heard.length].sort((x, y) => x - y);
      for (let n = 0; n < ends.length; n++) {
        const part = heard.slice(ends[n - 1] ?? 0, ends[n]);
        if (part.length > 0) await send(part);
      }
      const last = await send(commands);
      expect(last.map(({ state, problem }) => [state, problem?.code ?? null])).toEqual(commands.map(() => ['already-applied', null])); // prettier-ignore
      const state = await books(item.id, { issue: issue.id, transfer: transfer.id });
      expected ??= state;
      expect(state).toEqual(expected);
    };
    await run({ order: [...Array(KINDS).keys()], repeats: [], cuts: [] });
    await fc.assert(fc.asyncProperty(sequence, run), { numRuns: 8 });
  }, 300_000);
  const lotOf = async (itemId: string) =>
    (await world.app.query<{ id: string }>(`select id from lot where item_id = $1`, [itemId]))[0]!.id;

  it('tries a step that came before its turn again when the earlier one arrives', async () => {
    const item = await stocked(10);
    const issue = await issueOf(item.id, 4);
    world.app.clock.forward(2 * HOUR);
    const [pick, handOver] = [told('issue-pick', { issueId: issue.id }, 1), told('issue-hand-over', { issueId: issue.id, receiverName: '领取人' }, 2)]; // prettier-ignore
    expect(await send([handOver])).toMatchObject([{ state: 'rejected', problem: { code: 'issue.step-not-allowed' } }]);
    expect((await send([pick])).map(({ state }) => state)).toEqual(['applied']);
    expect((await send([handOver])).map(({ state }) => state)).toEqual(['already-applied']);
    expect((await world.issues.oneIssue(keeper, issue.id)).status).toBe('signed');
  });

  it('has happened when its first try with network did, though nobody heard the answer', async () => {
    const item = await stocked(10);
    const from = (await cellOf(item.id, bins[0]!))!;
    world.app.clock.forward(2 * HOUR);
    const late = told('bin-move', { warehouseId: world.city.id, lines: [{ contentId: from.id, toBinId: bins[1]!, units: 3 }] }); // prettier-ignore
    const command = { key: `command:${late.clientId}`, fingerprint: Buffer.from('the ordinary request') };
    const moved = await world.binMoves.moveBins({ ...keeper, command }, { ...late.body, note: '' } as never);
    const [answer] = await send([late]);
    expect(answer).toMatchObject({ state: 'already-applied', resultId: moved.id, problem: null });
    expect((await cellOf(item.id, bins[0]!))!.units).toBe(7);
  });

  it('is refused with what could be done instead when others were quicker', async () => {
    const item = await stocked(10);
    const from = (await cellOf(item.id, bins[0]!))!;
    await world.binMoves.moveBins(keeper, { warehouseId: world.city.id, note: '', lines: [{ contentId: from.id, toBinId: bins[1]!, units: 7 }] }); // prettier-ignore
    world.app.clock.forward(2 * HOUR);
    const late = told('bin-move', { warehouseId: world.city.id, lines: [{ contentId: from.id, toBinId: bins[1]!, units: 5 }] }); // prettier-ignore
    const [answer] = await send([late]);
    expect(answer).toMatchObject({
      state: 'rejected',
      problem: { code: 'stock.insufficient', params: { available: 3 } },
      proposal: { body: { lines: [{ units: 3 }] } },
    });
    expect((await cellOf(item.id, bins[0]!))!.units).toBe(3);
  });

  it('receives a lorry at the other end: lines counted there, an unknown bin proposed away', async () => {
    const item = await stocked(30);
    const transfer = await world.transferAt('departed', [{ itemId: item.id, units: 12 }]);
    world.app.clock.forward(2 * HOUR);
    const other = await world.as(`keeper.${COUNTY}`);
    const { goods } = await world.transfers.transfer(other, transfer.id);
    const lots = [{ id: goods[0]!.lots[0]!.id, acceptedUnits: 10, damagedUnits: 1, missingUnits: 1, reason: '颠簸' }];
    const arrive = told('transfer-arrive', { transferId: transfer.id }, 1);
    const receive = told('transfer-receive', { transferId: transfer.id, binId: newId(), lots }, 2);
    const [received, arrived] = await send([receive, arrive], other);
    expect([arrived!.state, received!.state, received!.problem!.code]).toEqual(['applied', 'rejected', 'bin.not-found']); // prettier-ignore
    expect(received!.proposal!.body).toMatchObject({ transferId: transfer.id, lots });
    const again = { ...receive, clientId: newId(), body: received!.proposal!.body! };
    expect((await send([again], other))[0]!.state).toBe('applied');
    expect(await world.transfers.transfer(other, transfer.id)).toMatchObject({ status: 'received-with-differences', acceptedUnits: 10, damagedUnits: 1, missingUnits: 1 }); // prettier-ignore
  });

  it('hands in adjustments under the same limits as at the desk', async () => {
    const item = await world.itemWith([{ units: 100, binId: bins[0]! }], { priceFen: 1_000_000 });
    world.app.clock.forward(3 * HOUR);
    const lotId = await lotOf(item.id);
    const note = (units: number) =>
      told('adjustment', { kind: 'damage', warehouseId: world.city.id, note: '', lines: [{ reason: 'water', lotId, binId: bins[0]!, units }] }); // prettier-ignore
    const [answer] = await send([note(50)]);
    expect(answer!.state).toBe('applied');
    expect((await world.app.get(AdjustmentService).adjustment(keeper, answer!.resultId!)).status).toBe('submitted');
    expect(await send([note(101)])).toMatchObject([{ state: 'rejected', proposal: { body: { lines: [{ units: 100 }] } } }]); // prettier-ignore
  });
});
