import { z } from 'zod';
import { day, flag, id, reason } from '../../../shared/fields.dto.js';

/**
 * How much one look takes in. Beyond it the lots that expire last, and requests that are needed last, are left out; lots are counted. A session
 * looks so often a minute, and so many problems wait for the one thread.
 */
export const ROTATION_LIMITS = { lots: 2000, requests: 200, askedPerMinute: 30, waiting: 6 };
/** Days from today to the day on which goods that are moved may be issued where they go. */
export const ARRIVAL_DAYS = 7;
/** How much of the units that could be saved has to be, in percent, and what a trip has to save in yuan (assumptions; whoever asks may change them). */
export const KEEP_PERCENT = 95;
export const MIN_TRIP_YUAN = 300;
/** A supplier or partner is asked this many days before the end at the latest (assumption). */
export const HAND_OVER_DAYS = 30;

/**
 * aheadDays: lots that expire within so many days; withinKm: how far goods may go by road; fenPerTonneKm: as in advice; keepMinimum: no store
 * gives below its minimum; keepPercent: of the units that could be saved, so much is, with as few trips as that takes; minTripYuan: no trip
 * to a store that saves less.
 */
export const rotationQuery = z.object({
  societyId: id, aheadDays: z.coerce.number().int().min(30).max(1095).default(365),
  withinKm: z.coerce.number().int().min(1).max(3000).default(100), fenPerTonneKm: z.coerce.number().int().min(0).max(100_000).default(60),
  keepMinimum: flag.default(true), keepPercent: z.coerce.number().int().min(50).max(100).default(KEEP_PERCENT),
  minTripYuan: z.coerce.number().int().min(0).max(100_000).default(MIN_TRIP_YUAN),
}); // prettier-ignore
export type RotationQuery = z.infer<typeof rotationQuery>;

/**
 * What a store is expected to issue until a day, with its reckoning: issuedUnits within recordDays, brought to `days`; or what scenarios take
 * of it in the mean, so often in a year, so many units each time. source: which of the two was more.
 */
const expected = z.object({
  units: z.int(), source: z.enum(['issues', 'scenarios', 'none']), days: z.int(), issuedUnits: z.int(), recordDays: z.int(),
  scenarios: z.array(z.object({ name: z.string(), perYear: z.number(), units: z.int() })),
}); // prettier-ignore
export type ExpectedDto = z.infer<typeof expected>;

const road = { units: z.int(), roadKm: z.number(), tonneKm: z.number(), costFen: z.int() };
/**
 * What is proposed for units of a lot. move: to a store that will use them; need: issued first for an open incident or request; return,
 * hand-over: back to the supplier, or to a partner, before a day; write-off: nothing helps, on the day of expiry. dearer: the way costs more
 * than the goods are worth; brokenUnits: so many below the store's minimum.
 */
const step = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('move'), toId: id, ...road, use: expected, dearer: z.boolean() }),
  z.object({ kind: z.literal('need'), needId: id, ...road, dearer: z.boolean() }),
  z.object({ kind: z.literal('return'), units: z.int(), by: day }),
  z.object({ kind: z.literal('hand-over'), units: z.int(), by: day }),
  z.object({ kind: z.literal('write-off'), units: z.int(), on: day, valueFen: z.int().nullable() }),
]);
export type RotationStep = z.infer<typeof step>;

/**
 * A lot in a store that would expire there, or goes so that another does not. unusedUnits: what expires if it is left where it lies;
 * leftUnits: what expires after the moves; reason: why those are not saved. arrivesOn: it is on its way there.
 */
const rotationLot = z.object({
  lotId: id, lotCode: z.string(), storeId: id, itemId: id, expiresOn: day, lastUseOn: day, arrivesOn: day.nullable(), units: z.int(),
  use: expected, unusedUnits: z.int(), leftUnits: z.int(), leftValueFen: z.int().nullable(), savedUnits: z.int(),
  savedValueFen: z.int().nullable(), brokenUnits: z.int(), steps: z.array(step), reason: reason.nullable(),
}); // prettier-ignore
export type RotationLotDto = z.infer<typeof rotationLot>;

/** no-store, no-lots, all-expired, all-used: there is nothing to rotate, and why. */
export const rotationAnswer = z.enum(['no-store', 'no-lots', 'all-expired', 'all-used', 'plan']);
/**
 * What goes together from a store to a store (toId), or to an open incident or request (toId: its id). savedUnits: what expires more without this
 * trip; leaveBy: leaving later than that day it saves less than keepPercent of them. packUnits: 1 for an item without packages.
 */
const trip = z.object({
  fromId: id, kind: z.enum(['store', 'need']), toId: id, units: z.int(), weightG: z.number(), volumeCm3: z.number(), roadKm: z.number(),
  tonneKm: z.number(), costFen: z.int(), savedUnits: z.int(), savedValueFen: z.int().nullable(), dearer: z.boolean(), leaveBy: day,
  goods: z.array(z.object({ lotId: id, lotCode: z.string(), itemId: id, units: z.int(), packUnits: z.int(), expiresOn: day })),
}); // prettier-ignore
export type RotationTrip = z.infer<typeof trip>;

/**
 * The goals in their order, summed over items. bound: no plan lets fewer units expire; possibleUnits: what could be saved at most, with
 * bestTrips; tripsBound: no plan that saves as much as this one makes fewer trips. moves: lots on trips, counted each time.
 */
const goals = z.object({
  expiringBefore: z.int(), expiring: z.int(), bound: z.int(), gap: z.number(), possibleUnits: z.int(), savedUnits: z.int(), brokenUnits: z.int(),
  tonneKm: z.number(), costFen: z.int(), moves: z.int(), trips: z.int(), tripsBound: z.int(), bestTrips: z.int(), proven: z.boolean(),
  savedValueFen: z.int(), unpricedLots: z.int(),
}); // prettier-ignore
export const rotationDto = z.object({
  societyId: id, asOf: day, 
  ask: z.object({ aheadDays: z.int(), withinKm: z.int(), fenPerTonneKm: z.int(), keepMinimum: z.boolean(), keepPercent: z.int(), minTripYuan: z.int() }),
  answer: rotationAnswer, goals, trips: z.array(trip), lots: z.array(rotationLot), stores: z.array(z.object({ id, name: z.string() })),
  needs: z.array(z.object({ id, kind: z.enum(['incident', 'request']), number: z.string(), title: z.string() })),
  drafted: z.array(z.object({ transferId: id, number: z.string(), fromId: id, toId: id, itemId: id, lotCode: z.string(), units: z.int() })),
  expired: z.array(z.object({ lotId: id, lotCode: z.string(), storeId: id, itemId: id, expiresOn: day, units: z.int(), valueFen: z.int().nullable() })),
  left: z.object({ lots: z.int(), stores: z.int() }),
}); // prettier-ignore
export type RotationDto = z.infer<typeof rotationDto>;
