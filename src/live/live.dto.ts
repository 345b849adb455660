import { z } from 'zod';
import { actorDto, societyDto } from '../access/access.dto.js';
import { alarmDto } from '../alarms/alarms.dto.js';
import { alertDto } from '../alerts/alerts.dto.js';
import { replyDto } from '../alerts/replies.dto.js';
import { rollDto } from '../dispatch/accountability/roll.dto.js';
import { chainFaultDto } from '../dispatch/audit/chain-audit.dto.js';
import { assignmentDto, supplyOrderDto } from '../dispatch/dispatch.dto.js';
import { helpCallDto } from '../dispatch/help-calls/help-call.dto.js';
import { dutyNoticeDto } from '../duty/duty.dto.js';
import { incidentDto } from '../incidents/incidents.dto.js';
import { responseDto, taskDto } from '../incidents/response/responses.dto.js';
import { mapLayerDto } from '../map-layers/map-layers.dto.js';
import { paperRowDto } from '../relief-stock/papers.dto.js';
import { itemDto, stockLevelDto, warehouseDto } from '../relief-stock/relief-stock.dto.js';
import { teamDto, teamUnitDto } from '../rescue-teams/rescue-teams.dto.js';
import { clockSettingDto } from '../settings/settings.dto.js';
import { suggestionDto } from '../suggestions/suggestions.dto.js';
import { id, instant } from '../shared/fields.dto.js';

/**
 * Subjects of the live feed; each names the snapshot list that it patches. `paper` gathers the papers of stock: changes of their kinds patch it
 * (see `papers.rules.ts`).
 */
export const SUBJECT_LISTS = {
  society: 'societies', incident: 'incidents', team: 'teams', 'team-unit': 'teamUnits', assignment: 'assignments', roll: 'rolls', 'help-call': 'helpCalls',
  'supply-order': 'supplyOrders', alert: 'alerts', reply: 'replies', 'chain-fault': 'chainFaults', suggestion: 'suggestions',
  warehouse: 'warehouses', item: 'items', 'stock-level': 'stockLevels', paper: 'papers', response: 'responses', task: 'tasks',
  'duty-notice': 'dutyNotices', alarm: 'alarms', 'clock-setting': 'clockSettings', 'map-layer': 'mapLayers',
} as const; // prettier-ignore
export type Subject = keyof typeof SUBJECT_LISTS;

/**
 * What one actor may see, at one moment. A console keeps these lists by id and patches them with changes:
 * a change whose version is not newer than the held one is ignored; one that makes a row leave its list (see `leaves`) removes it.
 */
export const snapshotDto = z.object({
  seq: z.int(), at: instant, actor: actorDto, societies: z.array(societyDto), incidents: z.array(incidentDto), teams: z.array(teamDto),
  teamUnits: z.array(teamUnitDto), assignments: z.array(assignmentDto), rolls: z.array(rollDto), helpCalls: z.array(helpCallDto),
  supplyOrders: z.array(supplyOrderDto), alerts: z.array(alertDto), replies: z.array(replyDto), chainFaults: z.array(chainFaultDto),
  suggestions: z.array(suggestionDto),
  warehouses: z.array(warehouseDto), items: z.array(itemDto), stockLevels: z.array(stockLevelDto),
  papers: z.array(paperRowDto), responses: z.array(responseDto), tasks: z.array(taskDto), dutyNotices: z.array(dutyNoticeDto),
  alarms: z.array(alarmDto), clockSettings: z.array(clockSettingDto), mapLayers: z.array(mapLayerDto),
}); // prettier-ignore
export type SnapshotDto = z.infer<typeof snapshotDto>;

export const liveChange = z.object({
  seq: z.int(), kind: z.string(), subject: z.string(), subjectId: id, version: z.int(), data: z.record(z.string(), z.unknown()), at: instant,
  incidentId: id.nullable(), actorName: z.string().nullable(),
}); // prettier-ignore
export type LiveChange = z.infer<typeof liveChange>;
export const liveJoin = z.object({ after: z.int().min(0) });
