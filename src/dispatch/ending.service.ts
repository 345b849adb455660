import { Injectable } from '@nestjs/common';
import { type Actor, allow, canSee, inCommand, visibleOr404 } from '../access/index.js';
import { standDownAlerts } from '../alerts/index.js';
import { Database, type Tx } from '../database/index.js';
import { endIncident, lockIncident } from '../incidents/index.js';
import type { IncidentDto, IncidentStep, MergeIncident } from '../incidents/incidents.dto.js';
import { Clock } from '../shared/clock.js';
import { Problem } from '../shared/problem.js';
import { type RollRow, unaccountedRolls } from './accountability/roll.store.js';
import { isAccounted } from './accountability/roll.rules.js';
import { activeAssignments } from './assignment.store.js';
import { openCallsOfIncident } from './help-calls/help-call.store.js';
import { changeOrder, incidentPaths } from './changes.service.js';
import { takeSupplyStep, UNSETTLED } from './supply-order.rules.js';
import { lockOrdersOfIncident } from './supply-order.store.js';

type Ending = { step: 'close' | 'dismiss'; input: IncidentStep } | { step: 'merge'; input: MergeIncident };

/** The three ways in which an incident ends; they live here because dispatch knows what is still out for it. */
@Injectable()
export class EndingService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * 409 `incident.help-open` while a call for help stands, `incident.still-open` while teams are out or goods are unsettled,
   * `incident.people-out` while somebody is not accounted for,
   * `incident.step-not-allowed`, `incident.stale`.
   */
  async close(actor: Actor, incidentId: string, input: IncidentStep): Promise<IncidentDto> {
    return this.end(actor, incidentId, { step: 'close', input });
  }

  async dismiss(actor: Actor, incidentId: string, input: IncidentStep): Promise<IncidentDto> {
    return this.end(actor, incidentId, { step: 'dismiss', input });
  }

  /** Two reports of one event become one incident. Nothing moves over: whoever is out is called back or released first. */
  async merge(actor: Actor, incidentId: string, input: MergeIncident): Promise<IncidentDto> {
    return this.end(actor, incidentId, { step: 'merge', input });
  }

  private async end(actor: Actor, incidentId: string, ending: Ending): Promise<IncidentDto> {
    return inCommand(this.db, actor, async (tx) => {
      const now = this.clock.now();
      const incident = visibleOr404(actor, await lockIncident(tx, incidentId), 'incident', incidentId);
      allow(actor, 'incident.step', { paths: incidentPaths(incident) });
      await mustBeNoCall(tx, incidentId);
      await this.mustBeSettled(tx, incidentId);
      mustBeAccounted(actor, await unaccountedRolls(tx, incidentId));
      const ended = await endIncident(tx, { id: incidentId, ...ending, actor, now });
      const received = await lockOrdersOfIncident(tx, incidentId, ['received', 'received-with-differences']);
      for (const order of received) {
        const closed = takeSupplyStep(order, 'close', { occurredAt: now, now });
        await changeOrder(tx, closed, { kind: 'supplies.closed', actor, now, occurredAt: now });
      }
      await standDownAlerts(tx, incidentId, { now, actor });
      return ended;
    });
  }

  private async mustBeSettled(tx: Tx, incidentId: string): Promise<void> {
    const assignments = (await activeAssignments(tx, incidentId)).length;
    const supplyOrders = (await lockOrdersOfIncident(tx, incidentId, UNSETTLED)).length;
    if (assignments + supplyOrders > 0)
      throw new Problem('incident.still-open', { assignments, supplyOrders }, { status: 409 });
  }
}

/** H4: 409 `incident.help-open` { calls, who }. */
async function mustBeNoCall(tx: Tx, incidentId: string): Promise<void> {
  const calls = await openCallsOfIncident(tx, incidentId);
  if (calls.length === 0) return;
  const who = calls.map(({ unitCode, byName }) => `${unitCode} ${byName}`).join('; ');
  throw new Problem('incident.help-open', { calls: calls.length, who }, { status: 409 });
}

const MOST_NAMES = 10;

/** Nobody is forgotten: 409 `incident.people-out` { people, units } names each unit, its number, and the people to who may see them. */
function mustBeAccounted(actor: Actor, rolls: RollRow[]): void {
  if (rolls.length === 0) return;
  const units = rolls.map((roll) => {
    const lost = roll.people.filter((person) => !isAccounted(person));
    const names = lost.slice(0, MOST_NAMES).map(({ name }) => name);
    if (lost.length > MOST_NAMES) names.push('…');
    const count = lost.length + roll.unnamed;
    return {
      count,
      words: `${roll.unitCode} ${count}${canSee(actor, roll.scope) && names.length > 0 ? `: ${names.join('、')}` : ''}`,
    };
  });
  const people = units.reduce((sum, { count }) => sum + count, 0);
  throw new Problem(
    'incident.people-out',
    { people, units: units.map(({ words }) => words).join('; ') },
    { status: 409 },
  );
}
