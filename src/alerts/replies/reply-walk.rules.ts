import type { Token } from './reply-tokens.rules.js';

export type Who = 'self' | 'crew' | 'gear' | 'other' | 'you';
/** Where the walk through the words stands: who is spoken of, and what waits for its verb. */
export interface Walk {
  who: Who;
  nots: number;
  /** "Can", or a firm will, that still waits for its verb. */
  can: Token | null;
  firm: Token | null;
  wish: boolean;
  /** "It is not that …". */
  denied: boolean;
  /** "You need not …". */
  spared: boolean;
  timed: boolean;
  now: boolean;
  quick: boolean;
  hindered: boolean;
  /** People are named before, and not all of them. */
  some: boolean;
  all: boolean;
  /** Not done (yet), which is no refusal. */
  undone: boolean;
  /** A "not" was spent on something else than coming. */
  tangled: boolean;
  /** Where the stretch began that the next claim covers. */
  start: number | null;
}
export const fresh = (who: Who): Walk => ({
  who, nots: 0, can: null, firm: null, wish: false, denied: false, spared: false, timed: false, now: false, quick: false, hindered: false,
  some: false, all: false, undone: false, tangled: false, start: null,
}); // prettier-ignore
