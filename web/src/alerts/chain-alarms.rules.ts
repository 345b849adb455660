import type { ChainFaultDto } from '../../../src/dispatch/audit/chain-audit.dto.js';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { alarmId } from '../desk/alarms.rules.js';
import type { Alarm } from '../desk/alarms.rules.js';

/** Every silence of the alert chain calls at once, as gravely as anything can: nobody else will. */
export function faultsToAlarm(
  faults: ChainFaultDto[],
  incidentOf: (id: string) => IncidentDto | undefined,
  exercise: boolean,
): Alarm[] {
  return faults.flatMap((fault) => {
    const incident = incidentOf(fault.incidentId);
    if ((incident?.exercise ?? false) !== exercise) return [];
    const source = `${fault.id}/chain`;
    return [
      {
        id: alarmId(source, fault.since),
        source,
        code: 'chain',
        deskIds: incident ? [incident.leadSocietyId] : [],
        everywhere: true,
        severity: 'I',
        incidentId: fault.incidentId,
        place: incident?.placeText ?? fault.unitCode,
        who: fault.teamName,
        since: fault.since,
        dueAt: Date.parse(fault.openedAt),
      },
    ];
  });
}
