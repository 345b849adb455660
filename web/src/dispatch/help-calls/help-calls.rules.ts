import type { HelpCallDto } from '../../../../src/dispatch/help-calls/help-call.dto.js';
import type { IncidentDto } from '../../../../src/incidents/incidents.dto.js';
import { alarmId } from '../../desk/alarms.rules.js';
import type { Alarm } from '../../desk/alarms.rules.js';

export const whoCalls = ({ byName, teamName, unitCode }: HelpCallDto): string => `${byName} (${teamName} ${unitCode})`;

/** The desks that have to act: who leads the incident now, then those of the moment of the call. */
const desksOf = (call: HelpCallDto, incident: IncidentDto | undefined): string[] => [
  ...new Set([...(incident ? [incident.leadSocietyId] : []), ...call.deskIds]),
];

/** Every call that nobody has taken up rings from the moment it came, as gravely as anything can. */
export function callsToAlarm(
  calls: readonly HelpCallDto[],
  incidentOf: (id: string) => IncidentDto | undefined,
  exercise: boolean,
): Alarm[] {
  return calls
    .filter((call) => call.state === 'raised' && call.exercise === exercise)
    .map((call) => {
      const incident = incidentOf(call.incidentId);
      const source = `${call.id}/help-call`;
      return {
        id: alarmId(source, call.receivedAt), source, code: 'help-call' as const, deskIds: desksOf(call, incident), everywhere: false,
        severity: 'I' as const, incidentId: call.incidentId, place: incident?.placeText ?? call.unitCode, who: whoCalls(call),
        since: call.receivedAt, dueAt: Date.parse(call.receivedAt),
      };
    }); // prettier-ignore
}

/**
 * What was added to a call, from the call as it is after that: the newest words, or null when only its place came, which changes nothing that a
 * log says.
 */
export function wordsAdded({ words, position }: Pick<HelpCallDto, 'words' | 'position'>): string | null {
  const last = words.filter(({ words: text }) => text !== '').at(-1);
  return last && (position === null || position.at <= last.occurredAt) ? last.words : null;
}

const RANK: Record<HelpCallDto['state'], number> = { raised: 0, 'taken-up': 1, ended: 2 };
/** What nobody has taken up first, then the oldest. */
export const byNeed = (a: HelpCallDto, b: HelpCallDto): number =>
  RANK[a.state] - RANK[b.state] || a.receivedAt.localeCompare(b.receivedAt);

const LATE_MS = 60_000;
/** A call that a phone could not send for a while: what it says may be long past. */
export const cameLate = ({ occurredAt, receivedAt }: HelpCallDto): boolean =>
  Date.parse(receivedAt) - Date.parse(occurredAt) > LATE_MS;
