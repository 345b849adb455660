import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemActor } from '../../src/access/index.js';
import {
  handOverReservations, keepReservations, releaseSupplies, reserveSupplies, shipSupplies,
} from '../../src/relief-stock/index.js'; // prettier-ignore
import { newId } from '../../src/shared/ids.js';
import { audit } from '../support/auditor.js';
import { CITY, RequestWorld } from './request-world.js';

const STATES = ['pending', 'posted', 'released', 'expired'] as const;
type State = (typeof STATES)[number];
const ACTS = ['keep', 'release', 'expire', 'ship', 'hand over'] as const;
type Act = (typeof ACTS)[number];
const CLOSED = 'reservation.closed';
/** What an act leads to from each state, or the code that it is refused with; what it has nothing to do with it leaves alone. */
const LEADS: Record<State, Record<Act, string>> = {
  pending: { keep: 'pending', release: 'released', expire: 'expired', ship: 'posted', 'hand over': 'released' },
  posted: { keep: CLOSED, release: CLOSED, expire: 'posted', ship: 'posted', 'hand over': 'posted' },
  released: { keep: CLOSED, release: CLOSED, expire: 'released', ship: CLOSED, 'hand over': 'released' },
  expired: { keep: CLOSED, release: CLOSED, expire: 'expired', ship: CLOSED, 'hand over': 'expired' },
};

describe('the steps of a reservation (S4)', () => {
  const actor = systemActor('test');
  let world: RequestWorld;
  let itemId: string;
  beforeAll(async () => {
    world = await RequestWorld.open();
    itemId = await world.item({ [CITY]: 500 });
  }, 120_000);
  afterAll(async () => {
    await audit(world.app);
    await world.app.close();
  });

  interface Promised {
    line: string;
    orderId: string;
  }
  const now = () => world.app.clock.now();
  const promised = async (): Promise<Promised> => {
    const line = newId();
    const lines = [{ orderLineId: line, warehouseId: world.store(CITY), itemId, units: 3 }];
    await world.tx((tx) => reserveSupplies(tx, { lines, arrivalAt: now(), untilAt: now(), now: now(), actor }));
    return { line, orderId: newId() };
  };
  const act = ({ line, orderId }: Promised, what: Act): Promise<unknown> =>
    world.tx(async (tx) => {
      const ids = { orderLineIds: [line], now: now(), actor };
      if (what === 'keep') return keepReservations(tx, [line]);
      if (what === 'release') return releaseSupplies(tx, { ...ids, how: 'released' });
      if (what === 'expire') return releaseSupplies(tx, { ...ids, how: 'expired' });
      if (what === 'ship') return shipSupplies(tx, { ...ids, orderId, document: 'DB-1', occurredAt: now() });
      return handOverReservations(tx, { fromLineIds: [line], toLineId: newId(), units: 3, untilAt: null, now: now() });
    });
  const REACHED: Record<State, Act[]> = { pending: [], posted: ['ship'], released: ['release'], expired: ['expire'] };
  const stateOf = async (line: string) => {
    const rows = await world.app.query<{ state: string }>(`select state from reservation where order_line_id = $1`, [line]); // prettier-ignore
    expect(rows).toHaveLength(1);
    return rows[0]!.state;
  };

  it.each(STATES.flatMap((state) => ACTS.map((what) => [state, what] as const)))('%s: %s', async (state, what) => {
    const one = await promised();
    for (const before of REACHED[state]) await act(one, before);
    expect(await stateOf(one.line)).toBe(state);
    const leads = LEADS[state][what];
    if (leads === CLOSED) {
      await expect(act(one, what)).rejects.toMatchObject({ code: CLOSED, status: 409 });
      expect(await stateOf(one.line)).toBe(state);
    } else {
      await act(one, what);
      expect(await stateOf(one.line)).toBe(leads);
    }
  });

  it.each(ACTS.filter((what) => what !== 'expire' && what !== 'hand over'))(
    'nothing promised at all: %s',
    async (what) => {
      await expect(act({ line: newId(), orderId: newId() }, what)).rejects.toMatchObject({ code: CLOSED });
    },
  );
});
