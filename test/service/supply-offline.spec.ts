import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { SupplyOrderDto } from '../../src/dispatch/dispatch.dto.js';
import { CommandService, ResolutionService } from '../../src/relief-stock/index.js';
import { type OfflineCommand, offlineCommand } from '../../src/relief-stock/offline/command.dto.js';
import { newId } from '../../src/shared/ids.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';
import { type Desk, MissionWorld } from './mission-world.js';

const STORE = 'WH-331082-1';
const MINUTE = 60_000;

describe('orders of missions that a keeper picks and sends off without network', () => {
  let world: MissionWorld;
  let county: Desk;
  let keeper: Desk;
  beforeAll(async () => {
    world = await MissionWorld.open();
    county = await world.app.as('duty.331082');
    keeper = await world.app.as(`keeper.${STORE}`);
  }, 120_000);
  afterAll(() => world?.close());
  afterEach(() => audit(world.app));

  const send = async (commands: OfflineCommand[], as = keeper) =>
    (await world.app.get(CommandService).takeCommands(as, { commands })).commands;
  /** Written down that many minutes after the device was cut off, ten minutes ago. */
  const told = (kind: OfflineCommand['kind'], body: Record<string, unknown>, minute: number): OfflineCommand => {
    const at = new Date(world.app.clock.now().getTime() + (minute - 10) * MINUTE).toISOString();
    return offlineCommand.parse({ clientId: newId(), kind, occurredAt: at, recordedAt: at, body });
  };
  const approved = async (): Promise<SupplyOrderDto> => {
    const incident = await world.verified(county);
    const mission = await world.send(county, incident.id, { goods: [[STORE, 'BD03', 4]] });
    world.app.clock.forward(20 * MINUTE);
    return mission.supplyOrders[0]!;
  };
  const both = ({ id }: SupplyOrderDto, more: object = {}) =>
    [told('order-pick', { orderId: id }, 1), told('order-ship', { orderId: id, vehicle: '浙J12345', ...more }, 2)] as const; // prettier-ignore

  it('are picked and shipped when they were, once, however often and in whatever order it is told', async () => {
    const order = await approved();
    const [pick, ship] = both(order);
    const first = await expectConsoleAgrees(world.app, ['duty.331082', `keeper.${STORE}`], () => send([ship, pick]));
    expect(first.map(({ state }) => state)).toEqual(['applied', 'applied']);
    const after = await world.orders.order(keeper, order.id);
    expect(after).toMatchObject({ status: 'shipped', vehicle: '浙J12345', pickingAt: pick.occurredAt, shippedAt: ship.occurredAt, lines: [{ shippedUnits: 4 }] }); // prettier-ignore
    expect((await send([ship, pick, ship])).map(({ state }) => state)).toEqual(['already-applied', 'already-applied', 'already-applied']); // prettier-ignore
    expect(await world.orders.order(keeper, order.id)).toEqual(after);
  });

  it('are shipped once the picking arrives that was done before', async () => {
    const [pick, ship] = both(await approved());
    expect(await send([ship])).toMatchObject([
      { state: 'rejected', problem: { code: 'supply-order.step-not-allowed' } },
    ]);
    expect((await send([pick])).map(({ state }) => state)).toEqual(['applied']);
    expect((await send([ship])).map(({ state }) => state)).toEqual(['already-applied']);
  });

  it('have been shipped when the first try with network was, though nobody heard the answer', async () => {
    const order = await approved();
    await world.orders.pick(keeper, order.id, {});
    const [, ship] = both(order);
    const command = { key: `command:${ship.clientId}`, fingerprint: Buffer.from('the ordinary request') };
    await world.orders.ship({ ...keeper, command }, order.id, { vehicle: '浙J12345' });
    expect(await send([ship])).toMatchObject([{ state: 'already-applied', resultId: order.id }]);
  });

  it('stay as they are when the desk cancelled them meanwhile, and somebody decides about what was done', async () => {
    const order = await approved();
    await world.orders.cancel(county, order.id, { reason: '已由邻县供应' });
    const before = await world.available(STORE, 'BD03');
    const commands = both(order);
    const refused = await send([...commands]);
    expect(refused.map(({ state, problem }) => [state, problem?.code, problem?.params.status])).toEqual([
      ['rejected', 'supply-order.step-not-allowed', 'cancelled'],
      ['rejected', 'supply-order.step-not-allowed', 'cancelled'],
    ]);
    expect(await world.available(STORE, 'BD03')).toBe(before);
    for (const { clientId } of commands) await world.app.get(ResolutionService).resolveCommand(keeper, clientId, { how: 'dropped', note: '货已放回' }); // prettier-ignore
    expect((await send([...commands])).map(({ problem }) => problem?.code)).toEqual(['command.withdrawn', 'command.withdrawn']); // prettier-ignore
  });

  it('are refused as at the desk: to others, to who approved them, too many units, and a clock that runs ahead', async () => {
    const order = await approved();
    const [pick, ship] = both(order);
    const stranger = await world.app.as('keeper.WH-330200-1');
    expect((await send([pick], stranger))[0]!.problem!.code).toBe('supply-order.not-found');
    const mine = told('order-pick', { orderId: order.id }, 1);
    expect(await send([mine])).toMatchObject([{ state: 'applied' }]);
    const tooMany = told('order-ship', { orderId: order.id, vehicle: '浙J1', lines: [{ lineId: order.lines[0]!.id, units: 5 }] }, 3); // prettier-ignore
    const ahead = told('order-ship', { orderId: order.id, vehicle: '浙J1' }, 60);
    const odd = told('order-ship', { orderId: order.id, vehicle: '' }, 3);
    const answers = await send([tooMany, ahead, odd]);
    expect(answers.map(({ problem }) => problem!.code)).toEqual(['reservation.too-small', 'stock.occurred-in-future', 'request.invalid']); // prettier-ignore
    expect(answers[1]!.proposal).toEqual({ occurredAt: world.app.clock.now().toISOString() });
    expect(await send([ship])).toMatchObject([{ state: 'applied' }]);
  });
});
