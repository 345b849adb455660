import type { Aspect } from './sheet.dto.js';

/**
 * What is judged in every drill unless it is left out. The aspects follow the guide to evaluating emergency exercises of the work-safety trade (AQ/T 9009-2015);
 * the items are ours, for a Red Cross society, and their sentences stand in `shared/i18n/drill-sheet.*.json`. A code is never given to another item: judgements
 * name it.
 */
export const DEFAULT_ITEMS: Record<Aspect, readonly string[]> = {
  preparation: ['prep-plan', 'prep-stop', 'prep-evaluators'],
  reporting: ['report-intake', 'report-verified', 'report-upwards'],
  command: ['command-begun', 'command-orders', 'command-joint'],
  handling: ['handling-teams', 'handling-fit', 'handling-change'],
  resources: ['resource-stock', 'resource-comms', 'resource-keep'],
  information: ['info-one-voice', 'info-rumour', 'info-privacy'],
  'on-site': ['site-safety', 'site-roll', 'site-weakest'],
  recovery: ['recovery-end', 'recovery-return', 'recovery-lessons'],
};
