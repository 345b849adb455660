import { FillFlow } from './fill-flow.rules.js';
import type { ItemNet } from './item-net.rules.js';

/**
 * A place in the order in which equals are served, one unit after the other: always the need with the smallest share
 * served, then the smaller need, then the earlier one. `served / wanted` of `need` is the next unit's key.
 */
interface Place {
  served: number;
  wanted: number;
  need: number;
}

/**
 * Who gets how many units of one item. Levels are served strictly in order; among the needs of a level the sorted shares
 * are the largest possible, compared from the smallest up (leximin over whole units). Serving one unit at a time to the
 * need with the smallest share reaches it, because the amounts that can be served together form a polymatroid (Federgruen
 * and Groenevelt 1986); here the order is followed in jumps: try a place, and where a set of needs cannot get so far, go
 * back to the place where that set is exhausted (discrete Newton). Costs no units: each level gets all that it can.
 * At most O(needs) jumps a round and O(needs) rounds, each some breadth-first searches.
 */
export function fairFill(net: ItemNet, levelOf: (need: number) => number): FillFlow {
  const flow = new FillFlow(net);
  const levels = [...new Set([...net.needs.keys()].map(levelOf))].sort((one, other) => one - other);
  for (const level of levels) {
    let open = [...net.needs.keys()].filter((need) => levelOf(need) === level);
    while (open.length > 0) {
      const done = new Set(raiseTogether(net, flow, open));
      open = open.filter((need) => !done.has(need));
    }
  }
  return flow;
}

/** Raises open needs side by side until some can get no more; answers those. */
function raiseTogether(net: ItemNet, flow: FillFlow, open: readonly number[]): readonly number[] {
  let place: Place | null = null;
  let tied = open;
  for (;;) {
    const targets = open.map((need) => unitsBefore(place, { need, wanted: net.wanted[need]! }));
    open.forEach((need, index) => flow.lower(need, targets[index]!));
    const short = open.filter((need, index) => !flow.raise(need, targets[index]!));
    if (short.length === 0) return tied;
    const set = flow.tiedTo(short);
    const members = set.filter((need) => open.includes(need));
    const units = members.reduce((sum, need) => sum + flow.served[need]!, 0);
    place = placeAfter(net, members, units);
    tied = members;
  }
}

/** Units that a need has been given when the order reaches a place; all when there is none. */
function unitsBefore(place: Place | null, { need, wanted }: { need: number; wanted: number }): number {
  if (!place) return wanted;
  const product = place.served * wanted;
  let whole = Math.floor(product / place.wanted);
  while (whole * place.wanted > product) whole--;
  while ((whole + 1) * place.wanted <= product) whole++;
  const exact = whole * place.wanted === product;
  const earlier = wanted < place.wanted || (wanted === place.wanted && need < place.need);
  return Math.min(wanted, exact && !earlier ? whole : whole + 1);
}

/** The place of the first unit that members could not get, when they have `units` among them. */
function placeAfter({ wanted }: ItemNet, members: readonly number[], units: number): Place {
  const total = members.reduce((sum, need) => sum + wanted[need]!, 0);
  const sure = Math.max(0, units - 2 * members.length) / total;
  const places = members.map((need): Place => {
    return { need, wanted: wanted[need]!, served: Math.floor(sure * wanted[need]!) };
  });
  let left = units - places.reduce((sum, place) => sum + place.served, 0);
  for (;;) {
    let next = places[0]!;
    for (const place of places) if (isEarlier(place, next)) next = place;
    if (left-- === 0) return next;
    next.served++;
  }
}

function isEarlier(one: Place, other: Place): boolean {
  const difference = one.served * other.wanted - other.served * one.wanted;
  if (difference !== 0) return difference < 0;
  return one.wanted !== other.wanted ? one.wanted < other.wanted : one.need < other.need;
}
