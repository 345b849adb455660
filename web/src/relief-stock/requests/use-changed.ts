import { useLive } from '../../live/hooks.js';

/** Grows when the feed tells of a change of this subject: a page that reads by address reads again. */
export const useChanged = (subject: string): number =>
  useLive(['log'], (store) => store.log.findLast((change) => change.subject === subject)?.seq ?? 0, [subject]);
