import type { Tour, TourRole } from './tour.rules.js';

const files = import.meta.glob<{ default: Tour }>('./steps/*.json', { eager: true });

/** The tour of a role, as its file says. */
export const tourOf = (role: TourRole): Tour => files[`./steps/${role}.json`]!.default;
