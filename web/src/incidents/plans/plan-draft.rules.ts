import type {
  PlanAdds,
  PlanDto,
  Requirement,
  ResponseLevel,
  Trigger,
} from '../../../../src/incidents/response/plans.dto.js';

export type LineDraft = Omit<Requirement, 'count' | 'dueMin'> & { count: string; dueMin: string };
export type TriggerDraft = {
  level: ResponseLevel;
  by: Trigger['by'];
  from: string;
  source: string;
  neighbour: boolean;
};
/** A plan as the form holds it: figures are text until it is sent. */
export type PlanDraft = {
  societyId: string;
  hazard: string;
  title: string;
  titleEn: string;
  source: string;
  note: string;
  reviewOn: string;
  inheritsId: string;
  triggers: TriggerDraft[];
  adds: Record<ResponseLevel, LineDraft[]>;
};
export const LEVELS: readonly ResponseLevel[] = ['IV', 'III', 'II', 'I'];
export const NO_SOURCE = 'no-source';
const WHOLE = /^\d{1,10}$/;
const FIGURE = /^\d{1,10}(\.\d{1,2})?$/;

export const emptyLine = (kind: Requirement['kind']): LineDraft => ({
  kind, code: kind === 'team' ? 'relief' : '', count: kind === 'task' ? '1' : '', title: '', titleEn: '', ownerRole: 'dutyOfficer',
  dueMin: '60',
}); // prettier-ignore
export const EMPTY_PLAN: PlanDraft = {
  societyId: '', hazard: 'typhoon', title: '', titleEn: '', source: '', note: '', reviewOn: '', inheritsId: '', triggers: [],
  adds: { I: [], II: [], III: [], IV: [] },
}; // prettier-ignore

const each = <A, B>(of: Record<ResponseLevel, A>, change: (value: A) => B): Record<ResponseLevel, B> => ({
  I: change(of.I), II: change(of.II), III: change(of.III), IV: change(of.IV),
}); // prettier-ignore

/** The form filled from a version: to amend it. */
export function draftOfPlan(plan: PlanDto): PlanDraft {
  const { title, titleEn, source, note, hazard } = plan;
  return {
    societyId: plan.societyId ?? '', hazard, title, titleEn, source, note, reviewOn: plan.reviewOn ?? '',
    inheritsId: plan.inherits?.id ?? '',
    triggers: plan.triggers.map(({ level, by, from, source: of, onlyWhen }) => ({
      level, by, from: String(from), source: of, neighbour: onlyWhen !== undefined,
    })),
    adds: each(plan.adds, (lines) => lines.map((line) => ({ ...line, count: String(line.count), dueMin: String(line.dueMin) }))),
  }; // prettier-ignore
}

/** A new plan after another one: a template's lines are copied to be adapted, a plan in force is inherited and only added to. */
export function draftAfter(plan: PlanDto): PlanDraft {
  if (plan.state === 'template') return { ...draftOfPlan(plan), societyId: '', reviewOn: '', inheritsId: '' };
  return { ...EMPTY_PLAN, hazard: plan.hazard, title: plan.title, titleEn: plan.titleEn, inheritsId: plan.id };
}

export const isWholeLine = ({ kind, code, count, title, dueMin }: LineDraft): boolean =>
  WHOLE.test(count) && Number(count) > 0 && WHOLE.test(dueMin) && Number(dueMin) > 0 &&
  (kind === 'task' ? title.trim() !== '' : code !== ''); // prettier-ignore

export function isWholePlan({ societyId, title, reviewOn, triggers, adds }: PlanDraft): boolean {
  const lines = LEVELS.flatMap((level) => adds[level]);
  return (
    societyId !== '' && title.trim() !== '' && reviewOn !== '' && lines.every(isWholeLine) &&
    triggers.every(({ from, source }) => FIGURE.test(from) && source.trim() !== '')
  ); // prettier-ignore
}

/** The text of a plan as the server takes it. A duty without a code gets one, which stays with it in later versions. */
export function bodyOfPlan(draft: PlanDraft, newId: () => string) {
  const line = ({ count, dueMin, code, title, titleEn, ...rest }: LineDraft): Requirement => ({
    ...rest, title: title.trim(), titleEn: titleEn.trim(), code: code || newId(), count: Number(count), dueMin: Number(dueMin),
  }); // prettier-ignore
  const adds: PlanAdds = each(draft.adds, (lines) => lines.map(line));
  return {
    title: draft.title.trim(), titleEn: draft.titleEn.trim(), source: draft.source.trim(), note: draft.note.trim(), reviewOn: draft.reviewOn,
    inheritsId: draft.inheritsId || null, adds,
    triggers: draft.triggers.map(({ level, by, from, source, neighbour }) => ({
      level, by, from: Number(from), source: source.trim(), ...(neighbour ? { onlyWhen: 'neighbourAlsoHit' as const } : {}),
    })),
  }; // prettier-ignore
}
