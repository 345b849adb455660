import type { Actor } from '../../../src/access/index.js';
import type { AssignmentStatus, MissionDto, SupplyOrderDto } from '../../../src/dispatch/dispatch.dto.js';
import { ASSIGNMENT_STEPS, dispatchMission } from '../../../src/dispatch/dispatch.dto.js';
import type { Field } from './field.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What the clients of a field have been told: they act on nothing else. */
export class Known {
  readonly missions = new Set<string>();
  /** Assignments and orders that were open when somebody last heard of them. */
  readonly out = new Map<string, { id: string; teamId: string; status: AssignmentStatus }>();
  readonly goods = new Map<string, SupplyOrderDto>();

  learn(mission: MissionDto): void {
    this.missions.add(mission.id);
    for (const assignment of mission.assignments) this.out.set(assignment.id, assignment);
    for (const order of mission.supplyOrders) this.goods.set(order.id, order);
  }
}

/** One thing that somebody does. Told again under the same key it happens once. */
export type Race = (actorOf: (actor: Actor) => Actor) => Promise<unknown>;
type Make = (field: Field, known: Known, roll: () => number) => Race | null;

const pick = <T>(of: readonly T[], roll: () => number): T => of[Math.floor(roll() * of.length)]!;

/** What usually comes next, so that a good part of the steps is allowed. */
const NEXT: Partial<Record<AssignmentStatus, (typeof ASSIGNMENT_STEPS)[number]>> = {
  alerted: 'accept', accepted: 'depart', assembling: 'depart', departed: 'arrive', 'on-scene': 'release', working: 'release',
  resting: 'resume', released: 'return', returning: 'close',
}; // prettier-ignore

const send: Make = (field, known, roll) => {
  const officer = pick(field.officers, roll);
  const incidentId = pick(field.incidents, roll);
  const units = [...new Set(Array.from({ length: Math.floor(roll() * 3) }, () => pick(field.units, roll).id))];
  const supplies = units.length === 0 || roll() < 0.3 ? [{ ...pick(field.stores, roll), units: 1 + Math.floor(roll() * 3) }] : []; // prettier-ignore
  const asked = dispatchMission.parse({
    assignments: units.map((teamUnitId) => ({ teamUnitId })), supplies, overrideReason: 'soak',
  }); // prettier-ignore
  return async (as) => known.learn(await field.dispatch.dispatchMission(as(officer), incidentId, asked));
};

const move: Make = (field, known, roll) => {
  const assignment = pick([...known.out.values()], roll);
  if (!assignment) return null;
  const usual = NEXT[assignment.status];
  const step = roll() < 0.15 ? 'withdraw' : usual && roll() < 0.85 ? usual : pick(ASSIGNMENT_STEPS, roll);
  const actor = roll() < 0.6 ? field.leaders.get(assignment.teamId)! : pick(field.officers, roll);
  return async (as) => {
    const after = await field.assignments.takeStep(as(actor), assignment.id, step, { reason: 'soak' });
    if (after.active) known.out.set(after.id, after);
    else known.out.delete(after.id);
  };
};

const answer: Make = (field, known, roll) => {
  const assignment = pick([...known.out.values()], roll);
  if (!assignment) return null;
  const said = pick(['accept', 'delay', 'decline'] as const, roll);
  const officer = pick(field.officers, roll);
  const asked = { answer: said, reason: 'soak', ...(said === 'delay' ? { minutes: 30 } : {}), onBehalfOf: 'soak' };
  return async (as) => {
    const alertId = await field.alertOf(assignment.id);
    if (alertId) await field.answers.answer(as(officer), alertId, asked);
  };
};

const keep: Make = (field, known, roll) => {
  const order = pick([...known.goods.values()], roll);
  if (!order) return null;
  const owner = field.stores.findIndex(({ warehouseId }) => warehouseId === order.warehouseId);
  const [keeper, officer] = [field.keepers[owner]!, pick(field.officers, roll)];
  const acts: ((as: (actor: Actor) => Actor) => Promise<SupplyOrderDto>)[] = [
    (as) => field.orders.approve(as(officer), order.id, {}),
    (as) => field.orders.pick(as(keeper), order.id, {}),
    (as) => field.orders.ship(as(keeper), order.id, { vehicle: 'soak' }),
    (as) => field.orders.receive(as(officer), order.id, { receiverName: 'soak', lines: [] }),
    (as) => field.orders.cancel(as(officer), order.id, { reason: 'soak' }),
  ];
  const act = pick(acts, roll);
  return async (as) => {
    const after = await act(as);
    if (['received', 'closed', 'cancelled'].includes(after.status)) known.goods.delete(after.id);
  };
};

const takeOver: Make = (field, known, roll) => {
  const order = pick([...known.goods.values()], roll);
  if (!order) return null;
  const officer = pick(field.officers, roll);
  const incidentId = pick(field.incidents, roll);
  return async (as) => {
    const taken = await field.takeOvers.takeOver(as(officer), order.id, { incidentId, reason: 'soak' });
    known.missions.add(taken.missionId);
    known.goods.set(taken.id, taken);
  };
};

const minutesPass: Make = (field, _known, roll) => {
  const ms = roll() < 0.1 ? roll() * 6 * HOUR : roll() * 4 * MINUTE;
  return async () => {
    field.forward(ms);
    await field.escalation.moveOnOverdueAlerts();
    await field.expiry.expireReservations();
  };
};
const deliver: Make = (field) => async () => void (await field.delivery.deliverDue());

/** What is done how often. */
const MIX: readonly [Make, number][] = [
  [send, 46], [move, 24], [answer, 8], [keep, 10], [takeOver, 3], [minutesPass, 5], [deliver, 4],
]; // prettier-ignore
const SUM = MIX.reduce((sum, [, share]) => sum + share, 0);

/** The next thing that somebody does; sending, when there is nothing yet to do anything with. */
export function nextRace(field: Field, known: Known, roll: () => number): Race {
  let at = roll() * SUM;
  const make = MIX.find(([, share]) => (at -= share) < 0)?.[0] ?? send;
  return make(field, known, roll) ?? send(field, known, roll)!;
}
