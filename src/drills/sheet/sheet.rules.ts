import { Problem } from '../../shared/problem.js';
import { type DrillAct, mayTake } from '../drill.rules.js';
import type { DrillDto } from '../drills.dto.js';
import { DEFAULT_ITEMS } from './items.data.js';
import {
  type Aspect, ASPECTS, type AspectSumDto, type Grade, GRADES, type ImprovementDto, type JudgementDto, type SheetItemDto,
} from './sheet.dto.js'; // prettier-ignore

export type Judgement = Omit<JudgementDto, 'stands'>;
export interface OwnItem {
  id: string;
  aspect: Aspect;
  words: string;
}
/** An item before anybody judged it; `words` null: the sentence of its code. */
export interface Item {
  key: string;
  aspect: Aspect;
  words: string | null;
  leftOut: boolean;
}
/** From here on two evaluators did not see the same thing. */
const APART_GRADES = 2;
const OBSERVED: readonly Grade[] = GRADES.filter((grade) => grade !== 'not-observed');

/** Whether a drill may be judged now: it runs, or ran. 409 `drill.step-not-allowed`, also for one that ended before it began. */
export function mayEvaluate(drill: Pick<DrillDto, 'state' | 'version' | 'startedAt'>, act: DrillAct): void {
  mayTake(drill, act);
  if (drill.startedAt === null) throw new Problem('drill.step-not-allowed', { step: act, status: drill.state });
}

/** The items of a drill, aspect by aspect: the default ones, then its own in the order in which they were added. */
export function itemsOf(own: readonly OwnItem[], leftOut: readonly string[]): Item[] {
  return ASPECTS.flatMap((aspect) => [
    ...DEFAULT_ITEMS[aspect].map((key) => ({ key, aspect, words: null })),
    ...own.filter((item) => item.aspect === aspect).map(({ id, words }) => ({ key: id, aspect, words })),
  ]).map((item) => ({ ...item, leftOut: leftOut.includes(item.key) }));
}

/** Every judgement of an item, oldest first, each with whether it is the newest of its evaluator (E12). */
export function standing(judgements: readonly Judgement[]): JudgementDto[] {
  const newest = new Map(judgements.map(({ byId, id }) => [byId, id]));
  return judgements.map((one) => ({ ...one, stands: newest.get(one.byId) === one.id }));
}

/** Whether those who saw it are two grades or more from one another. */
export function isApart(judgements: readonly JudgementDto[]): boolean {
  const ranks = judgements.filter(({ stands }) => stands).map(({ grade }) => OBSERVED.indexOf(grade)).filter((rank) => rank >= 0); // prettier-ignore
  return ranks.length > 1 && Math.max(...ranks) - Math.min(...ranks) >= APART_GRADES;
}

type Summed = Pick<SheetItemDto, 'aspect' | 'leftOut' | 'judgements'>;
/** The sheet in figures: all together first, then aspect by aspect; without what is left out. */
export function sumsOf(items: readonly Summed[]): AspectSumDto[] {
  const judged = items.filter(({ leftOut }) => !leftOut);
  return [null, ...ASPECTS].map((aspect) => sumOf(aspect, judged.filter((item) => aspect === null || item.aspect === aspect))); // prettier-ignore
}

function sumOf(aspect: Aspect | null, items: readonly Summed[]): AspectSumDto {
  const said = items.flatMap(({ judgements }) => judgements.filter(({ stands }) => stands));
  const of = (grade: Grade): number => said.filter((one) => one.grade === grade).length;
  const grades = Object.fromEntries(GRADES.map((grade) => [grade, of(grade)])) as Record<Grade, number>;
  const observed = OBSERVED.reduce((sum, grade) => sum + grades[grade], 0);
  const unjudged = items.filter(({ judgements }) => judgements.length === 0).length;
  const goodPct = observed === 0 ? null : Math.round(((grades.excellent + grades.good) * 100) / observed);
  return { aspect, items: items.length, unjudged, grades, goodPct };
}

/** An item that is on the sheet. 404 `drill-item.not-found`. */
export function itemOn(items: readonly Item[], key: string): Item {
  const item = items.find((one) => one.key === key);
  if (!item) throw new Problem('drill-item.not-found', { id: key });
  return item;
}

/** What is left out has no judgement: a word that was said is not hidden (E13). 422 `drill-item.judged`. */
export function mayLeaveOut(key: string, judgements: readonly Pick<Judgement, 'item'>[]): void {
  if (judgements.some(({ item }) => item === key)) throw new Problem('drill-item.judged');
}

/** Days in China. 422 `drill-improvement.due-passed` for a day that is over, unless it is the one that stood there. */
export function mayBeDue(dueOn: string, today: string, before?: string): void {
  if (dueOn >= today || dueOn === before) return;
  const errors = [{ pointer: '/dueOn', code: 'drill-improvement.due-passed', params: { today } }];
  throw new Problem('drill-improvement.due-passed', { today }, { errors });
}

export const IMPROVEMENT_STEPS = ['revise', 'finish', 'reopen'] as const;
const FROM: Record<(typeof IMPROVEMENT_STEPS)[number], ImprovementDto['state']> = { revise: 'open', finish: 'open', reopen: 'done' }; // prettier-ignore
/** 409 `drill-improvement.stale` when a colleague was faster (E14), `drill-improvement.step-not-allowed`. */
export function mayStep(
  { state, version }: Pick<ImprovementDto, 'state' | 'version'>,
  step: (typeof IMPROVEMENT_STEPS)[number],
  seen: number,
): void {
  if (version !== seen) throw new Problem('drill-improvement.stale', { version });
  if (state !== FROM[step]) throw new Problem('drill-improvement.step-not-allowed', { step, status: state });
}
