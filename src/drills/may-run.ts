import { type Actor, may } from '../access/index.js';
import type { DrillRow } from './drill.store.js';

/** Whether somebody may run drills where this one is run: then he reads all of it. */
export const mayRunDrill = (actor: Actor, { societyPath }: Pick<DrillRow, 'societyPath'>): boolean =>
  may(actor, 'drill.run', { paths: [societyPath] });
