import { Injectable } from '@nestjs/common';
import { type Actor, allow, allSocieties, type SocietyRow } from '../../access/index.js';
import { Database, read, type Tx } from '../../database/index.js';
import { type IncidentDto, openIncidentRows } from '../../incidents/index.js';
import { unitRowsByIds } from '../../rescue-teams/index.js';
import { perMinute, takeFrom } from '../../shared/allowance.js';
import { Clock } from '../../shared/clock.js';
import { ensure, Problem } from '../../shared/problem.js';
import { FactsReader } from '../facts.js';
import { seenSociety } from '../structure/scenario.service.js';
import { isPlannedFor } from '../suggestion.rules.js';
import { TogetherThread } from './together-thread.js';
import { type AskTogether, TOGETHER_LIMITS, type TogetherDto } from './together.dto.js';
import {
  nobodyGoes, planTogether, togetherHash, type TogetherIncident, togetherOf, type TogetherPlan,
} from './together.rules.js'; // prettier-ignore
import { verifyTogether } from './verify-together.rules.js';

/** Questions of one person a minute. */
const A_MINUTE = 10;

/** Teams of all open incidents of a society together (队伍统筹): an answer to look at; nothing is written, nobody is sent. */
@Injectable()
export class TogetherService {
  private readonly allowance = perMinute(A_MINUTE);
  private readonly atWork = new Set<string>();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly facts: FactsReader,
    private readonly thread: TogetherThread,
  ) {}

  /**
   * The plan of now. 404 `society.not-found`, 403, 429 `rate.limited`, 409 `teams-together.at-work` while the society's last question has no
   * answer, 503 `busy`.
   */
  async plan(actor: Actor, { societyId, exercise }: AskTogether): Promise<TogetherDto> {
    const society = await read(this.db, (tx) => seenSociety(tx, actor, societyId));
    allow(actor, 'suggestion.decide', { paths: [society.path] });
    await takeFrom(this.allowance, actor.userId);
    if (this.atWork.has(society.id)) throw new Problem('teams-together.at-work');
    this.atWork.add(society.id);
    try {
      return await this.planNow(actor, society, exercise);
    } finally {
      this.atWork.delete(society.id);
    }
  }

  private async planNow(actor: Actor, society: SocietyRow, exercise: boolean): Promise<TogetherDto> {
    const all = await read(this.db, (tx) => openIncidents(tx, actor, { path: society.path, exercise }));
    const rows = all.slice(0, TOGETHER_LIMITS.incidents);
    const facts = await this.facts.gatherPeople(rows.map(({ id }) => id), society.id); // prettier-ignore
    const incidents = rows
      .map(({ id, severity }, at): TogetherIncident => ({ incidentId: id, severity, facts: facts[at]! }))
      .filter((one) => one.facts.capabilities.some((need) => need.headcount > need.alreadyHeadcount));
    const together = togetherOf(incidents);
    const nobody = nobodyGoes(together);
    const answer = together.needs.length === 0
      ? { plan: nobody, alone: nobody, bound: { unmet: 0, holes: 0 }, proven: true }
      : await this.thread.plan(together.instance); // prettier-ignore
    const plan = planTogether(together, answer);
    verifyTogether(incidents, plan);
    const at = facts[0]?.at ?? this.clock.now().toISOString();
    const left = { incidents: all.length - rows.length, units: plan.left.units };
    const told = { societyId: society.id, at, hash: togetherHash(incidents), left };
    return read(this.db, (tx) => withNames(tx, { plan, rows, told }));
  }
}

/** Those that lie or are led within the society and still take help: the gravest first, then the oldest. */
async function openIncidents(
  tx: Tx,
  actor: Actor,
  { path, exercise }: { path: string; exercise: boolean },
): Promise<IncidentDto[]> {
  const paths = new Map((await allSocieties(tx)).map((society) => [society.id, society.path]));
  const isHere = (id: string): boolean => paths.get(id)!.startsWith(path);
  return (await openIncidentRows(tx, actor.keys))
    .filter((row) => row.exercise === exercise && isPlannedFor(row) && row.needs.capabilities.length > 0)
    .filter(({ societyId, leadSocietyId }) => isHere(societyId) || isHere(leadSocietyId))
    .toSorted(
      (a, b) =>
        a.severity.localeCompare(b.severity) || a.reportedAt.localeCompare(b.reportedAt) || (a.id < b.id ? -1 : 1),
    ); // prettier-ignore
}

interface Nameless {
  plan: TogetherPlan;
  rows: readonly IncidentDto[];
  told: Pick<TogetherDto, 'societyId' | 'at' | 'hash' | 'left'>;
}

async function withNames(tx: Tx, { plan, rows, told }: Nameless): Promise<TogetherDto> {
  const { lines, needs, bared, left: _left, ...figures } = plan;
  const units = new Map((await unitRowsByIds(tx, lines.map(({ unitId }) => unitId))).map((unit) => [unit.id, unit])); // prettier-ignore
  const societies = new Map((await allSocieties(tx)).map(({ id, path }) => [path, id]));
  const named = lines.map(({ incidentId, ...line }) => {
    const unit = units.get(line.unitId);
    ensure(unit !== undefined, 'a unit that goes is known');
    const { teamName, code: unitCode, societyId } = unit;
    return { incidentId, line: { ...line, teamName, unitCode, societyId } };
  });
  return {
    ...told,
    ...figures,
    incidents: rows
      .filter(({ id }) => needs.some(({ incidentId }) => incidentId === id))
      .map(({ id, number, title, severity }) => ({
        incidentId: id, number, title, severity,
        lines: named.filter(({ incidentId }) => incidentId === id).map(({ line }) => line),
        needs: needs.filter(({ incidentId }) => incidentId === id).map(({ incidentId: _of, ...need }) => need),
      })), // prettier-ignore
    bared: bared.map(({ city, ...one }) => ({ ...one, societyId: societies.get(city)! })),
  };
}
