import { go } from '../app/routes.js';
import { handoverOf } from '../duty/duty-alarms.rules.js';
import type { Alarm } from './alarms.rules.js';
import { desk } from './desk-state.js';

/** Where an alarm leads: to the page on which its one thing to do is done. */
const PAGES: Record<string, string> = { nobody: 'dispatch', approval: 'work', task: 'response', chain: 'alerts' };
export function openAlarm(alarm: Alarm): void {
  if (alarm.code === 'handover') {
    desk.set({ overlay: 'none' });
    return go(`duty/handover/${handoverOf(alarm)}`);
  }
  if (alarm.code === 'reply' || alarm.incidentId === null) {
    desk.set({ selectedId: alarm.incidentId, overlay: 'none', tab: 'alerts' });
    return go('');
  }
  desk.set({ selectedId: alarm.incidentId, overlay: 'none' });
  const page = PAGES[alarm.code];
  go(`incidents/${alarm.incidentId}${page ? `/${page}` : ''}`);
}
