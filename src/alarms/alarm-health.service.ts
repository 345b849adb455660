import { Injectable } from '@nestjs/common';
import { type Actor, findSociety } from '../access/index.js';
import { Database, inSnapshot } from '../database/index.js';
import { shiftsOf } from '../duty/index.js';
import { visibleDesk } from './alarms.service.js';
import type { AlarmHealthDto, AlarmHealthQuery } from './alarms.dto.js';
import * as store from './alarms.store.js';
import { healthOf, mannedHours } from './health.rules.js';

const HOUR_MS = 3_600_000;

/** How the alarms of a desk did, for the report (C-18). */
@Injectable()
export class AlarmHealthService {
  constructor(private readonly db: Database) {}

  /** 404 `society.not-found` for a desk that the actor does not see. */
  async health(actor: Actor, query: AlarmHealthQuery): Promise<AlarmHealthDto> {
    const span = { from: new Date(query.from), to: new Date(query.to) };
    return inSnapshot(this.db, async (tx) => {
      const { id: societyId } = visibleDesk(actor, await findSociety(tx, query.societyId), query.societyId);
      const shifts = (await shiftsOf(tx, societyId, span)).filter(({ role }) => role === 'dutyOfficer');
      const hours = (span.to.getTime() - span.from.getTime()) / HOUR_MS;
      const operatorHours = shifts.length > 0 ? mannedHours(shifts, span) : hours;
      const facts = await store.healthFacts(tx, { societyId, ...span });
      const changes = await store.changeFacts(tx, { societyId, ...span });
      return {
        societyId, from: span.from.toISOString(), to: span.to.toISOString(), operatorHours,
        operatorHoursBy: shifts.length > 0 ? ('roster' as const) : ('span' as const), ...healthOf({ facts, changes, operatorHours }, span),
      };
    }); // prettier-ignore
  }
}
