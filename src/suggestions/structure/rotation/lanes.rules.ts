import { roomFor } from './rotation-net.rules.js';
import type { Lane, RotationProblem, Sending } from './rotation.types.js';
import { usedBy } from './use.rules.js';

type Way = Pick<Sending, 'lot' | 'kind' | 'to'>;

/** The trip that a sending would go on. What an incident or request lacks of several items is one place. */
export function laneOf({ lots, needs }: RotationProblem, { lot, kind, to }: Way): Lane {
  const place = kind === 'store' ? to : needs.findIndex(({ id }) => id === needs[to]!.id);
  return { from: lots[lot]!.store, kind, to: place };
}

export const keyOfLane = ({ from, kind, to }: Lane): string => `${from} ${kind} ${to}`;

export interface Trip extends Lane {
  sendings: Sending[];
}

/** Sendings that go together, in the order of their first ones. */
export function tripsOf(problem: RotationProblem, sendings: readonly Sending[]): Trip[] {
  const trips = new Map<string, Trip>();
  for (const sending of sendings) {
    const lane = laneOf(problem, sending);
    const trip = trips.get(keyOfLane(lane)) ?? { ...lane, sendings: [] };
    trip.sendings.push(sending);
    trips.set(keyOfLane(lane), trip);
  }
  return [...trips.values()];
}

/** The most units of a lot that a place could use in time, if it got nothing else. */
export function usefulUnits(problem: RotationProblem, { lot, kind, to }: Way): number {
  const { item, movable, breaking, lastDay } = problem.lots[lot]!;
  if (kind === 'need') return Math.min(movable + breaking, problem.needs[to]!.units);
  const use = problem.stores[to]!.uses[item]!;
  const used = usedBy(use, lastDay).units - usedBy(use, problem.arrivalDay).units;
  return Math.max(0, Math.min(movable + breaking, roomFor(problem, to, item), used));
}
