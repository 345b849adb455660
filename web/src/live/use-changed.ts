import { useLive } from './hooks.js';

/** Grows when the feed tells of a change of one of these subjects: a page that reads by address reads again. */
export const useChanged = (...subjects: string[]): number =>
  useLive(['log'], (store) => store.log.findLast(({ subject }) => subjects.includes(subject))?.seq ?? 0, subjects);
