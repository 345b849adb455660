import type { ReplyDto } from '../../../src/alerts/replies.dto.js';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { alarmId } from '../desk/alarms.rules.js';
import type { Alarm } from '../desk/alarms.rules.js';
import { REPLY_LIMIT_S } from './reply.rules.js';

/** Words that have lain unread too long. Those of an unknown sender are of a real incident until somebody knows better. */
export function repliesToAlarm(
  replies: ReplyDto[],
  incidentOf: (id: string) => IncidentDto | undefined,
  { exercise, nowMs }: { exercise: boolean; nowMs: number },
): Alarm[] {
  return replies.flatMap((reply) => {
    const incident = reply.incidentId ? incidentOf(reply.incidentId) : undefined;
    const dueAt = Date.parse(reply.receivedAt) + REPLY_LIMIT_S * 1000;
    if (nowMs < dueAt || (incident?.exercise ?? false) !== exercise) return [];
    const who = reply.personName ?? reply.phone ?? '';
    const source = `${reply.id}/reply`;
    return [
      {
        id: alarmId(source, reply.receivedAt),
        source,
        code: 'reply',
        deskIds: incident ? [incident.leadSocietyId] : [],
        everywhere: incident === undefined,
        severity: incident?.severity ?? 'III',
        incidentId: incident?.id ?? null,
        place: incident?.placeText ?? (reply.teamName || who),
        who,
        since: reply.receivedAt,
        dueAt,
      },
    ];
  });
}
