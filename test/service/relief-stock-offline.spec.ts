import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CommandService, ResolutionService } from '../../src/relief-stock/index.js';
import { type OfflineCommand, offlineCommand } from '../../src/relief-stock/offline/command.dto.js';
import { newId } from '../../src/shared/ids.js';
import { audit } from '../support/auditor.js';
import { CountWorld, STORE } from '../support/count-world.js';

describe('commands of devices that were away', () => {
  let world: CountWorld;
  beforeAll(async () => void (world = await CountWorld.open()), 240_000);
  afterEach(() => audit(world.app));
  afterAll(() => world?.app.close());

  const send = async (...commands: OfflineCommand[]) =>
    (await world.app.get(CommandService).takeCommands(world.keeper, { commands })).commands;
  const command = (kind: OfflineCommand['kind'], body: Record<string, unknown>, more: Partial<OfflineCommand> = {}) =>
    offlineCommand.parse({ clientId: newId(), kind, occurredAt: world.now.toISOString(), recordedAt: world.now.toISOString(), body, ...more }); // prettier-ignore
  const receipt = (itemId: string, units: number, binId?: string, more: Partial<OfflineCommand> = {}) =>
    command('receipt', {
      warehouseId: world.warehouseId, source: 'purchase', sourceName: '供应商', lines: [{ itemId, lotCode: 'L1', expiresOn: '2028-01-01', units, binId }],
    }, more); // prettier-ignore
  const rejected = async () =>
    (await world.app.get(CommandService).commands(world.keeper, { warehouseId: world.warehouseId, state: 'rejected', limit: 100 })).items; // prettier-ignore

  it('run once, however often they are told, and keep their own times', async () => {
    const item = await world.itemWith([10]);
    const one = receipt(item.id, 5, world.bins[0]!.id, { occurredAt: new Date(world.now.getTime() - 3_600_000).toISOString(), clockOffsetMs: 60_000 }); // prettier-ignore
    const [first] = await send(one);
    expect(first).toMatchObject({ state: 'applied', problem: null });
    const again = await send(one, one);
    expect(again.map(({ state, resultId }) => [state, resultId])).toEqual([['already-applied', first!.resultId], ['already-applied', first!.resultId]]); // prettier-ignore
    const many = await Promise.all([1, 2, 3, 4].map(() => send(one)));
    expect(new Set(many.flat().map(({ state }) => state))).toEqual(new Set(['already-applied']));
    expect(await world.onHand(item.id)).toEqual([15]);
    const [movement] = await world.app.query<{ ago: number }>(
      `select extract(epoch from $2::timestamptz - occurred_at)::integer as ago from stock_movement where cause_id = $1`,
      [first!.resultId, world.now],
    );
    expect(movement!.ago).toBe(3540);
    const other = await send({ ...one, body: { ...one.body, sourceName: '别家' } });
    expect(other[0]).toMatchObject({ state: 'rejected', problem: { code: 'idempotency.mismatch' } });
  });

  it('of the same command sent many times at once has one effect', async () => {
    const item = await world.itemWith([10]);
    const one = receipt(item.id, 5, world.bins[0]!.id);
    const answers = (await Promise.all([1, 2, 3, 4, 5].map(() => send(one)))).flat();
    expect(answers.filter(({ state }) => state === 'applied')).toHaveLength(1);
    expect(answers.filter(({ state }) => state === 'already-applied')).toHaveLength(4);
    expect(await world.onHand(item.id)).toEqual([15]);
  });

  it('refuses one that cannot even be written down, and takes the others of the same upload', async () => {
    const item = await world.itemWith([10]);
    const bad = receipt(item.id, 7, world.bins[0]!.id);
    const answers = await send(
      { ...bad, body: { ...bad.body, note: 'a\u0000b' } },
      { ...receipt(item.id, 7, world.bins[0]!.id), seen: { bin: 'a\ud83d' } },
      receipt(item.id, 5, world.bins[0]!.id),
    );
    const told = answers.map(({ state, problem }) => [state, problem?.code, problem?.errors?.[0]?.pointer]);
    expect(told).toEqual([['rejected', 'request.invalid', '/body'], ['rejected', 'request.invalid', '/seen'], ['applied', undefined, undefined]]); // prettier-ignore
    expect(await world.onHand(item.id)).toEqual([15]);
    expect((await send(bad))[0]!.state).toBe('applied'); // mended under the same id
  });

  it('refuses one without touching the others, proposes what would be taken, and lists it until somebody settles it', async () => {
    const item = await world.itemWith([10]);
    const wrongBin = receipt(item.id, 7, newId(), { seen: { bin: 'Y-09' } });
    const [refused, applied, malformed] = await send(wrongBin, receipt(item.id, 1, world.bins[0]!.id), command('receipt', { warehouseId: world.warehouseId })); // prettier-ignore
    expect(applied!.state).toBe('applied');
    expect(malformed).toMatchObject({ state: 'rejected', problem: { code: 'request.invalid' } });
    expect(malformed!.problem!.errors!.map(({ pointer }) => pointer)).toContain('/lines');
    expect(refused).toMatchObject({
      state: 'rejected',
      problem: { code: 'bin.not-found', detail: '这个仓库没有此货位' },
    });
    const [listed] = await rejected();
    expect(listed).toMatchObject({ id: wrongBin.clientId, seen: { bin: 'Y-09' }, userName: world.keeper.name });
    const stranger = await world.app.as('keeper.WH-330000-1');
    const resolution = world.app.get(ResolutionService);
    const drop = { how: 'dropped' as const, note: '' };
    await expect(resolution.resolveCommand(stranger, wrongBin.clientId, drop)).rejects.toMatchObject({ code: 'stock-command.not-found' }); // prettier-ignore
    const fix = { how: 'corrected' as const, note: '改入默认货位', body: refused!.proposal!.body };
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => resolution.resolveCommand(world.second, wrongBin.clientId, fix))); // prettier-ignore
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await rejected()).toEqual([]);
    await expect(resolution.resolveCommand(world.keeper, wrongBin.clientId, drop)).rejects.toMatchObject({ code: 'stock-command.step-not-allowed', status: 409 }); // prettier-ignore
    expect((await world.onHand(item.id)).reduce((sum, units) => sum + units, 0)).toBe(18);
    expect((await send(wrongBin))[0]!.state).toBe('already-applied');
    await world.app.settled();
    const told = await world.app.query<{ kind: string }>(`select kind from journal where subject_id = $1 order by seq`, [wrongBin.clientId]); // prettier-ignore
    expect(told.map(({ kind }) => kind)).toEqual(['stock.command-rejected', 'stock.command-corrected']);
  });

  it('has one effect when the device tells it again while somebody carries it out corrected', async () => {
    for (let round = 0; round < 8; round++) {
      const item = await world.itemWith([10]);
      const [cell] = await world.app.query<{ id: string }>(
        `select id from stock_cell where item_id = $1 and kind = 'bin' and on_hand > 0`,
        [item.id],
      );
      const lines = [{ contentId: cell!.id, toBinId: world.bins[1]!.id, units: 12 }];
      const move = command('bin-move', { warehouseId: world.warehouseId, note: '', lines });
      expect((await send(move))[0]).toMatchObject({ state: 'rejected', problem: { code: 'stock.insufficient' } });
      const more = receipt(item.id, 20, world.bins[0]!.id);
      const [lot] = await world.app.query<{ code: string; expiresOn: string }>(
        `select l.code, l.expires_on as "expiresOn" from stock_cell c join lot l on l.id = c.lot_id where c.id = $1`,
        [cell!.id],
      );
      Object.assign((more.body.lines as object[])[0]!, { lotCode: lot!.code, expiresOn: lot!.expiresOn });
      expect((await send(more))[0]).toMatchObject({ state: 'applied' });
      const resolution = world.app.get(ResolutionService);
      const fix = { how: 'corrected' as const, note: '货已到' };
      await Promise.allSettled([
        resolution.resolveCommand(world.second, move.clientId, fix),
        send(move),
        send(move),
        resolution.resolveCommand(world.second, move.clientId, fix),
      ]);
      const [left] = await world.app.query<{ units: number }>(`select on_hand as units from stock_cell where id = $1`, [cell!.id]); // prettier-ignore
      expect(left!.units).toBe(18);
    }
  });

  it('waits for the one it builds on, runs after it, and is refused when that was dropped', async () => {
    const item = await world.itemWith([10]);
    const base = receipt(item.id, 2, world.bins[0]!.id);
    const next = receipt(item.id, 3, world.bins[0]!.id, { after: base.clientId });
    const last = receipt(item.id, 4, world.bins[0]!.id, { after: next.clientId });
    expect(await send(last)).toMatchObject([{ state: 'waiting', problem: { code: 'command.waits' } }]);
    expect((await send(next, base)).map(({ state }) => state)).toEqual(['applied', 'applied']);
    expect((await send(last))[0]!.state).toBe('already-applied');
    expect(await world.onHand(item.id)).toEqual([19]);
    const bad = receipt(item.id, 2, newId());
    const behind = receipt(item.id, 3, world.bins[0]!.id, { after: bad.clientId });
    expect((await send(bad, behind)).map(({ state }) => state)).toEqual(['rejected', 'waiting']);
    await world.app.get(ResolutionService).resolveCommand(world.keeper, bad.clientId, { how: 'dropped', note: '' });
    expect(await send(bad, behind)).toMatchObject([
      { state: 'rejected', problem: { code: 'command.withdrawn' } },
      { state: 'rejected', problem: { code: 'command.dependency-dropped' } },
    ]);
  });

  it('ends in the same state in any order and however often each is told', async () => {
    const ROUNDS = 6;
    const sequence = fc.record({
      order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 }),
      repeats: fc.array(fc.nat(6), { maxLength: 5 }),
      cuts: fc.array(fc.nat(12), { maxLength: 3 }),
    });
    let expected: unknown;
    await fc.assert(
      fc.asyncProperty(sequence, async ({ order, repeats, cuts }) => {
        const item = await world.itemWith([100, 50]);
        const count = await world.openFor(item);
        world.forward(5);
        const [a, b] = await world.lines(count.id);
        const line = (lineId: string, units: number, secondsAgo: number) =>
          command('count-line', { countId: count.id, lineId, units }, { occurredAt: new Date(world.now.getTime() - secondsAgo * 1000).toISOString() }); // prettier-ignore
        const found = command('count-found', { countId: count.id, id: newId(), binId: world.bins[2]!.id, itemId: item.id, lotId: a!.lotId, units: 3 }); // prettier-ignore
        const commands = [
          line(a!.id, 90, 90), line(a!.id, 100, 60), line(b!.id, 50, 30), line(b!.id, 49, 20), found,
          command('count-line', { countId: count.id, lineId: found.body.id, units: 2 }, { after: found.clientId, occurredAt: new Date(world.now.getTime() - 10_000).toISOString() }),
          command('receipt', {
            warehouseId: world.warehouseId, source: 'purchase', sourceName: '供应商',
            lines: [{ itemId: (await world.itemWith([1])).id, lotCode: 'N', expiresOn: '2028-01-01', units: 8, binId: world.bins[1]!.id }],
          }),
        ]; // prettier-ignore
        const told = [...order, ...repeats].map((n) => commands[n]!);
        const ends = [...new Set(cuts.map((cut) => cut % told.length)), told.length].sort((x, y) => x - y);
        for (let n = 0; n < ends.length; n++) {
          const part = told.slice(ends[n - 1] ?? 0, ends[n]);
          if (part.length > 0) await send(...part);
        }
        expect(new Set((await send(...commands)).map(({ state }) => state))).toEqual(new Set(['already-applied']));
        const state = (await world.lines(count.id)).map(({ state: is, recountReason, countedUnits, found: isFound }) => ({ is, recountReason, countedUnits, isFound })); // prettier-ignore
        expected ??= state;
        expect(state).toEqual(expected);
        const { version } = await world.read(count.id);
        await world.counting.cancelCount(world.keeper, count.id, { version, reason: '演练结束' });
      }),
      { numRuns: ROUNDS },
    );
    expect(expected).toEqual([
      { is: 'recount', recountReason: 'second-counter', countedUnits: null, isFound: false },
      { is: 'counted', recountReason: null, countedUnits: 49, isFound: false },
      { is: 'recount', recountReason: 'second-counter', countedUnits: null, isFound: true },
    ]);
  }, 300_000);

  it('are none of who may not do them, nor listed for who does not look after the warehouse', async () => {
    const item = await world.itemWith([10]);
    const officer = await world.app.as('duty.331082');
    const one = receipt(item.id, 5);
    const { commands } = await world.app.get(CommandService).takeCommands(officer, { commands: [one] });
    expect(commands[0]).toMatchObject({ state: 'rejected', problem: { code: 'access.denied' } });
    const listing = world.app.get(CommandService).commands(officer, { warehouseId: world.warehouseId, state: 'rejected', limit: 10 }); // prettier-ignore
    await expect(listing).rejects.toMatchObject({ code: 'access.denied' });
    expect(await world.onHand(item.id)).toEqual([10]);
    expect(STORE).toBe('WH-331000-1');
  });
});
