import { Injectable } from '@nestjs/common';
import { AccessService, allSocieties, toSocietyDto, type Actor } from '../access/index.js';
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
import { openIncidentRows, openResponseRows, openTaskRows } from '../incidents/index.js';
import { mapLayerRows } from '../map-layers/index.js';
import { itemRows, levelRows, openPaperRows, warehouseRows } from '../relief-stock/index.js';
import { teamRows, unitRows } from '../rescue-teams/index.js';
import { clockSettingRows } from '../settings/index.js';
import { openSuggestionRows } from '../suggestions/index.js';
import { Database, inSnapshot } from '../database/index.js';
import { headSeq } from '../journal/index.js';
import { Clock } from '../shared/clock.js';
import type { SnapshotDto } from './live.dto.js';

@Injectable()
export class SnapshotService {
  constructor(
    private readonly db: Database,
    private readonly access: AccessService,
    private readonly clock: Clock,
  ) {}

  /** What the actor may see, all of one moment, with the journal number of that moment. */
  async snapshot(actor: Actor): Promise<SnapshotDto> {
    const describe = await this.access.describe(actor);
    return inSnapshot(this.db, async (tx) => ({
      seq: await headSeq(tx),
      at: this.clock.now().toISOString(),
      actor: describe,
      societies: (await allSocieties(tx)).map(toSocietyDto),
      incidents: await openIncidentRows(tx, actor.keys),
      teams: await teamRows(tx, actor.keys),
      teamUnits: await unitRows(tx, actor.keys),
      assignments: await activeAssignmentRows(tx, actor.keys),
      rolls: await openRollRows(tx, actor.keys),
      helpCalls: await openHelpCallRows(tx, actor.keys),
      supplyOrders: await openSupplyOrderRows(tx, actor.keys),
      alerts: await openAlertRows(tx, actor.keys),
      replies: await waitingReplyRows(tx, actor.keys),
      chainFaults: await openFaultRows(tx, actor.keys),
      suggestions: await openSuggestionRows(tx, actor.keys),
      warehouses: await warehouseRows(tx, actor.keys),
      items: await itemRows(tx, actor.keys),
      stockLevels: await levelRows(tx, actor.keys),
      papers: await openPaperRows(tx, actor.keys),
      responses: await openResponseRows(tx, actor.keys),
      tasks: await openTaskRows(tx, actor.keys),
      dutyNotices: await openDutyNoticeRows(tx, actor.keys),
      alarms: await openAlarmRows(tx, actor.keys),
      clockSettings: await clockSettingRows(tx, actor.keys),
      mapLayers: await mapLayerRows(tx, actor.keys),
    }));
  }
}
