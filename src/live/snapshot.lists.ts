import { allSocieties, toSocietyDto } from '../access/index.js';
import { openAlarmRows } from '../alarms/index.js';
import { openAlertRows, waitingReplyRows } from '../alerts/index.js';
import {
  activeAssignmentRows,
  openFaultRows,
  openHelpCallRows,
  openRollRows,
  openSupplyOrderRows,
} from '../dispatch/index.js';
import { openDutyNoticeRows } from '../duty/index.js';
import { eachOpenIncidentRow, openResponseRows, openTaskRows } from '../incidents/index.js';
import { mapLayerRows } from '../map-layers/index.js';
import { itemRows, levelRows, openPaperRows, warehouseRows } from '../relief-stock/index.js';
import { eachTeamRow, eachUnitRow } from '../rescue-teams/index.js';
import { clockSettingRows } from '../settings/index.js';
import { openSuggestionRows } from '../suggestions/index.js';
import type { SnapshotTx } from '../database/index.js';
import type { SnapshotDto } from './live.dto.js';

export type ListName = Exclude<keyof SnapshotDto, 'seq' | 'at' | 'actor'>;
type Row<Name extends ListName> = SnapshotDto[Name][number];
type Reader<Name extends ListName> = (tx: SnapshotTx, keys: string[], take: (row: Row<Name>) => void) => Promise<void>;

/** A list that is short enough to be read at once. */
const whole =
  <Name extends ListName>(rows: (tx: SnapshotTx, keys: string[]) => Promise<Row<Name>[]>): Reader<Name> =>
  async (tx, keys, take) =>
    (await rows(tx, keys)).forEach((row) => take(row));

/** How each list of the picture is read, in the order in which they are sent. */
export const LISTS: { [Name in ListName]: Reader<Name> } = {
  societies: whole<'societies'>(async (tx) => (await allSocieties(tx)).map(toSocietyDto)),
  incidents: eachOpenIncidentRow,
  teams: eachTeamRow,
  teamUnits: eachUnitRow,
  assignments: whole<'assignments'>(activeAssignmentRows),
  rolls: whole<'rolls'>(openRollRows),
  helpCalls: whole<'helpCalls'>(openHelpCallRows),
  supplyOrders: whole<'supplyOrders'>(openSupplyOrderRows),
  alerts: whole<'alerts'>(openAlertRows),
  replies: whole<'replies'>(waitingReplyRows),
  chainFaults: whole<'chainFaults'>(openFaultRows),
  suggestions: whole<'suggestions'>(openSuggestionRows),
  warehouses: whole<'warehouses'>(warehouseRows),
  items: whole<'items'>(itemRows),
  stockLevels: whole<'stockLevels'>(levelRows),
  papers: whole<'papers'>(openPaperRows),
  responses: whole<'responses'>(openResponseRows),
  tasks: whole<'tasks'>(openTaskRows),
  dutyNotices: whole<'dutyNotices'>(openDutyNoticeRows),
  alarms: whole<'alarms'>(openAlarmRows),
  clockSettings: whole<'clockSettings'>(clockSettingRows),
  mapLayers: whole<'mapLayers'>(mapLayerRows),
};
