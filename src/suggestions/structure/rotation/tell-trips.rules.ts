import { type Trip, tripsOf } from './lanes.rules.js';
import { unusedUnits } from './rotate.rules.js';
import type { RotationTrip } from './rotation.dto.js';
import type { RotationProblem, Sending } from './rotation.types.js';
import type { Telling } from './tell-rotation.rules.js';
import { worthIn } from './worth.rules.js';

/** What goes together, what it saves, and until when it has to leave. What saves most comes first. */
export function tellTrips(telling: Telling): RotationTrip[] {
  const { problem, plan } = telling;
  const worthOf = worthIn(problem, plan.sendings);
  return tripsOf(problem, plan.sendings)
    .map((trip) => tripOf(telling, trip, worthOf(trip)))
    .toSorted((a, b) => (b.savedValueFen ?? 0) - (a.savedValueFen ?? 0) || b.savedUnits - a.savedUnits);
}

function tripOf({ problem, plan, names }: Telling, trip: Trip, { units: savedUnits, fen }: { units: number; fen: number | null }) {
  const { stores, needs, items, lots } = problem;
  const { from, kind, to, sendings } = trip;
  const roadKm = kind === 'need' ? needs[to]!.roadKm[from]! : problem.roadKm[from]![to]!;
  const sum = (of: (one: Sending) => number): number => sendings.reduce((total, one) => total + of(one), 0);
  const weightG = sum(({ lot, units }) => units * items[lots[lot]!.item]!.weightG);
  const tonneKm = (weightG / 1e6) * roadKm;
  const costFen = Math.round(tonneKm * names.fenPerTonneKm);
  return {
    fromId: stores[from]!.id, kind, toId: kind === 'need' ? needs[to]!.id : stores[to]!.id, units: sum(({ units }) => units), weightG,
    volumeCm3: sum(({ lot, units }) => units * items[lots[lot]!.item]!.volumeCm3), roadKm: Number(roadKm.toFixed(1)),
    tonneKm: Number(tonneKm.toFixed(2)), costFen, savedUnits, savedValueFen: fen, dearer: fen !== null && costFen > fen,
    leaveBy: names.dayAt(lastDayToLeave(problem, plan.sendings, { trip, savedUnits })),
    goods: sendings.map(({ lot, units }) => {
      const { id: lotId, item } = lots[lot]!;
      const { lotCode, expiresDay } = names.lots[lot]!;
      return { lotId, lotCode, itemId: items[item]!.id, units, packUnits: items[item]!.packUnits, expiresOn: names.dayAt(expiresDay) };
    }),
  }; // prettier-ignore
} // prettier-ignore

/** The last day from today on which a trip may leave and still save the share that is asked for of what it saves now. */
function lastDayToLeave(problem: RotationProblem, all: readonly Sending[], { trip, savedUnits }: { trip: Trip; savedUnits: number }): number {
  const last = trip.sendings.map(({ lot }) => problem.lots[lot]!.lastDay);
  if (trip.kind === 'need') return Math.max(0, Math.min(...last) - problem.needDay);
  const own = new Set(trip.sendings);
  const items = [...new Set(trip.sendings.map(({ lot }) => problem.lots[lot]!.item))];
  const expiring = (sendings: readonly Sending[], leaves: number): number => {
    const arrivesOn = (one: Sending): number => problem.arrivalDay + (own.has(one) ? leaves : 0);
    const left = items.flatMap((item) => unusedUnits(problem, item, sendings, { arrivesOn, stores: [trip.from, trip.to] }));
    return left.reduce((sum, { units }) => sum + units, 0);
  };
  const without = expiring(all.filter((one) => !own.has(one)), 0);
  const enough = Math.ceil((savedUnits * problem.keepPercent) / 100);
  let [holds, fails] = [0, Math.max(...last) + 1];
  while (fails - holds > 1) {
    const middle = Math.floor((holds + fails) / 2);
    if (without - expiring(all, middle) >= enough) holds = middle;
    else fails = middle;
  }
  return holds;
} // prettier-ignore
