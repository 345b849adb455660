import { findSociety, type SocietyRow } from '../../access/index.js';
import { openAlarmRows } from '../../alarms/index.js';
import { openAlertRows, waitingReplyRows } from '../../alerts/index.js';
import type { Tx } from '../../database/index.js';
import { openDutyNoticeRows, peopleOfDesk } from '../../duty/index.js';
import {
  type IncidentDto,
  openIncidentRows,
  openResponseRows,
  openTaskRows,
  reportClocks,
} from '../../incidents/index.js';
import type { ResponseDto } from '../../incidents/response/responses.dto.js';
import { warehouseRows } from '../../relief-stock/index.js';
import { ensure } from '../../shared/problem.js';
import { openRollRows } from '../accountability/roll.store.js';
import { openFaultRows } from '../audit/chain-audit.store.js';
import { openHelpCallRows } from '../help-calls/help-call.store.js';
import { openSupplyOrderRows } from '../supply-order.store.js';
import type { Matter } from './handover.dto.js';
import { mattersOf } from './matters.rules.js';

/** Everything that is open at a desk at this moment, out of the very rows that its console shows. */
export async function mattersAt(tx: Tx, { id: societyId, path }: Pick<SocietyRow, 'id' | 'path'>): Promise<Matter[]> {
  const keys = [path];
  const incidents = await openIncidentRows(tx, keys);
  const responses = await openResponseRows(tx, keys);
  return mattersOf({
    societyId, incidents, responses, userIds: (await peopleOfDesk(tx, societyId)).map(({ userId }) => userId),
    helpCalls: await openHelpCallRows(tx, keys), alerts: await openAlertRows(tx, keys), rolls: await openRollRows(tx, keys), faults: await openFaultRows(tx, keys),
    replies: await waitingReplyRows(tx, keys), tasks: await openTaskRows(tx, keys), orders: await openSupplyOrderRows(tx, keys),
    warehouses: await warehouseRows(tx, keys), notices: await openDutyNoticeRows(tx, keys), alarms: await openAlarmRows(tx, keys), owed: incidents.flatMap((one) => owedBy(one, responses)),
  });
} // prettier-ignore

/** Reports that are owed now: the gravest response that runs shortens the clock. */
function owedBy(incident: IncidentDto, responses: readonly ResponseDto[]) {
  const levels = responses.flatMap(({ incidentId, level }) => (incidentId === incident.id && level ? [level] : []));
  const gravest = (['I', 'II', 'III', 'IV'] as const).find((level) => levels.includes(level)) ?? null;
  return reportClocks(incident, gravest)
    .filter(({ metAt }) => metAt === null)
    .map(({ code, since, dueAt }) => ({ incidentId: incident.id, code, since, dueAt }));
}

export async function societyOf(tx: Tx, id: string): Promise<SocietyRow> {
  const society = await findSociety(tx, id);
  ensure(society !== undefined, 'a hand-over keeps its society');
  return society;
}
