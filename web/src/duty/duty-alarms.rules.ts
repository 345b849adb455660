import type { DutyNoticeDto } from '../../../src/duty/duty.dto.js';
import { alarmId } from '../desk/alarms.rules.js';
import type { Alarm } from '../desk/alarms.rules.js';

/** Whether duty calls on this page: beside marked exercises in reality it does not, in a drill everything is an exercise and desks are manned all the same. */
export const dutyRings = ({ exercise, inDrill }: { exercise: boolean; inDrill: boolean }): boolean =>
  !exercise || inDrill;

/** A desk that nobody took over in time calls those who must find somebody; where there is no lead at all, everybody who sees it. */
export function noticesToAlarm(
  notices: readonly DutyNoticeDto[],
  userId: string | undefined,
  nameOf: (societyId: string) => string,
): Alarm[] {
  return notices
    .filter(({ kind, toIds }) => kind === 'handover-late' && (toIds.length === 0 || toIds.includes(userId ?? '')))
    .map(({ subjectId, societyId, figures, since }): Alarm => ({
      id: alarmId(`${subjectId}/handover`, since),
      source: `${subjectId}/handover`,
      code: 'handover',
      deskIds: [societyId],
      everywhere: true,
      severity: 'II',
      incidentId: null,
      place: nameOf(societyId),
      who: String(figures.who || figures.from),
      since,
      dueAt: Date.parse(since),
    }));
}

/** The hand-over that an alarm is about. */
export const handoverOf = ({ source }: Pick<Alarm, 'source'>): string => source.split('/')[0]!;
