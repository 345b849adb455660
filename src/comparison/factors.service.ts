import { Injectable } from '@nestjs/common';
import { type Actor, allow, canSee, findSociety, inCommand, resourceKeys, type SocietyRow } from '../access/index.js';
import { Database, inSnapshot, type Tx } from '../database/index.js';
import {
  factorAlong,
  type FactorRow,
  factorVersions,
  insertFactor,
  NEED_RULES,
  societiesUp,
} from '../incidents/index.js';
import { recordChange } from '../journal/index.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { notFound, Problem } from '../shared/problem.js';
import { comparisonsOf } from './comparing.js';
import type {
  AcceptFactor,
  ComparisonDto,
  FactorDto,
  FactorLine,
  FactorsDto,
  RestoreFactor,
} from './comparison.dto.js';
import { suggestFactor } from './comparison.rules.js';
import { comparedIncidents } from './comparison.store.js';

/** Closed incidents that factors are learned from: the newest of a society and all below it. */
const MOST_LEARNED = 500;
type About = Pick<AcceptFactor, 'kind' | 'ruleCode'>;

/** The factors of planning numbers: suggested from closed incidents, changed by people only, in versions. */
@Injectable()
export class FactorsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** What counts at a society, its history, and what closed incidents suggest. 404 `society.not-found`; 403 without the right to decide. */
  async factors(actor: Actor, societyId: string): Promise<FactorsDto> {
    return inSnapshot(this.db, async (tx) => {
      const society = await deciding(tx, actor, societyId);
      const { learned, cut } = await learnedFrom(tx, society);
      return { societyId, lines: await linesOf(tx, society, learned), incidents: learned.length, cut };
    });
  }

  /**
   * Takes a suggestion over: later estimates use it. 409 `need-factor.stale` when the version or the suggestion is no longer what was
   * seen; 422 `need-factor.nothing-suggested`.
   */
  async acceptFactor(actor: Actor, input: AcceptFactor): Promise<FactorDto> {
    return inCommand(this.db, actor, async (tx) => {
      const society = await deciding(tx, actor, input.societyId);
      const { learned } = await learnedFrom(tx, society);
      const line = await lineOf(tx, society, input, learned);
      const { verdict, suggestedPct, medianPct, incidents } = line.suggestion;
      if (verdict !== 'change') throw new Problem('need-factor.nothing-suggested', { incidents: incidents.length });
      if (suggestedPct !== input.valuePct) throw new Problem('need-factor.stale', { version: ownVersion(line) });
      const source = { code: 'retuned' as const, medianPct: medianPct!, incidents };
      return this.write(tx, actor, { society, line, seen: input.version, valuePct: suggestedPct!, source, reason: input.reason }); // prettier-ignore
    });
  }

  /** An earlier version counts again, as a new one; 0 is the rule itself. 404 `need-factor.not-found`; 409 `need-factor.stale`. */
  async restoreFactor(actor: Actor, input: RestoreFactor): Promise<FactorDto> {
    return inCommand(this.db, actor, async (tx) => {
      const society = await deciding(tx, actor, input.societyId);
      const line = await lineOf(tx, society, input, []);
      const earlier = line.history.find(({ version }) => version === input.toVersion);
      if ((!earlier && input.toVersion !== 0) || line.history.length === 0)
        throw notFound('need-factor', String(input.toVersion));
      const source = { code: 'restored' as const, fromVersion: input.toVersion };
      const valuePct = earlier?.valuePct ?? 100;
      return this.write(tx, actor, { society, line, seen: input.version, valuePct, source, reason: input.reason });
    });
  }

  private async write(
    tx: Tx,
    actor: Actor,
    of: { society: SocietyRow; line: FactorLine; seen: number } & Pick<FactorRow, 'valuePct' | 'source' | 'reason'>,
  ): Promise<FactorDto> {
    const { society, line, seen, valuePct, source, reason } = of;
    const version = ownVersion(line) + 1;
    if (seen !== version - 1) throw new Problem('need-factor.stale', { version: version - 1 });
    const row: FactorRow = {
      id: newId(), societyId: society.id, kind: line.kind, ruleCode: line.ruleCode, version, valuePct, source, reason, setBy: actor.name,
      setAt: this.clock.now(), scope: resourceKeys(society.path),
    }; // prettier-ignore
    if (!(await insertFactor(tx, row))) throw new Problem('need-factor.stale', { version });
    const data = toFactorDto(row);
    const { id, scope } = row;
    await recordChange(tx, {
      kind: `need-factor.${source.code}`,
      subject: 'need-factor',
      id,
      version,
      scope,
      data,
      actor,
    });
    return data;
  }
}

const ownVersion = (line: FactorLine): number => line.history[0]?.version ?? 0;
const toFactorDto = ({ scope: _, setAt, ...row }: FactorRow): FactorDto => ({ ...row, setAt: setAt.toISOString() });

async function deciding(tx: Tx, actor: Actor, id: string): Promise<SocietyRow> {
  const society = await findSociety(tx, id);
  if (!society || !canSee(actor, resourceKeys(society.path))) throw notFound('society', id);
  allow(actor, 'factor.decide', { paths: [society.path] });
  return society;
}

/** Exercises are never among them; in a drill everything is one, so nothing is learned there. */
async function learnedFrom(tx: Tx, { path }: SocietyRow): Promise<{ learned: ComparisonDto[]; cut: boolean }> {
  const of = { keys: null, paths: [path], exercise: false, ended: true, from: null, until: null, severity: null, incidentId: null }; // prettier-ignore
  const found = await comparedIncidents(tx, of, MOST_LEARNED + 1);
  return { learned: await comparisonsOf(tx, found.slice(0, MOST_LEARNED)), cut: found.length > MOST_LEARNED };
}

async function linesOf(tx: Tx, society: SocietyRow, learned: readonly ComparisonDto[]): Promise<FactorLine[]> {
  const way = await societiesUp(tx, society.path);
  const versions = await factorVersions(tx, way);
  const kinds = [...new Set([...learned.map(({ kind }) => kind), ...versions.map(({ kind }) => kind)])].toSorted();
  return kinds
    .flatMap((kind) => NEED_RULES.map(({ code }) => makeLine({ kind, ruleCode: code }, { society, way, versions, learned })))
    .filter((line) => line.inForce.version > 0 || line.history.length > 0 || line.suggestion.incidents.length > 0);
} // prettier-ignore

async function lineOf(tx: Tx, society: SocietyRow, about: About, learned: readonly ComparisonDto[]): Promise<FactorLine> {
  if (!NEED_RULES.some(({ code }) => code === about.ruleCode)) throw notFound('need-factor', about.ruleCode);
  const way = await societiesUp(tx, society.path);
  return makeLine(about, { society, way, versions: await factorVersions(tx, way), learned });
} // prettier-ignore

type Known = { society: SocietyRow; way: string[]; versions: FactorRow[]; learned: readonly ComparisonDto[] };

function makeLine({ kind, ruleCode }: About, { society, way, versions, learned }: Known): FactorLine {
  const { itemCode, source } = NEED_RULES.find(({ code }) => code === ruleCode)!;
  const inForce = factorAlong({ kind, ruleCode }, way, versions);
  const implied = learned
    .filter((incident) => incident.kind === kind)
    .flatMap(({ incidentId, number, items }) => {
      const item = items.find((one) => one.itemCode === itemCode && one.estimates.at(-1)?.rule.code === ruleCode);
      return item && item.impliedPct !== null ? [{ id: incidentId, number, impliedPct: item.impliedPct }] : [];
    });
  const own = versions.filter((one) => one.societyId === society.id && one.kind === kind && one.ruleCode === ruleCode);
  const suggestion = suggestFactor(inForce.valuePct, implied);
  return { kind, ruleCode, itemCode, source, inForce, history: own.map(toFactorDto), suggestion };
}
