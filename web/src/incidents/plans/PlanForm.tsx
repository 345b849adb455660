import { useState } from 'react';
import type { FormEvent } from 'react';
import { INCIDENT_KINDS } from '../../../../src/incidents/incidents.dto.js';
import type { PlanDto } from '../../../../src/incidents/response/plans.dto.js';
import { newId } from '../../api/ids.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { go } from '../../app/routes.js';
import { t } from '../../i18n/i18n.js';
import { isBelow } from '../../access/societies.js';
import { live } from '../../live/live.js';
import { Submit } from '../../parts/Act.js';
import { Field } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { bodyOfPlan, isWholePlan, LEVELS } from './plan-draft.rules.js';
import type { PlanDraft } from './plan-draft.rules.js';
import { hazardText } from './PlanList.js';
import { LevelLines } from './LevelLines.js';
import { TriggerLines } from './TriggerLines.js';
import { useMayDraft } from './who.js';

type Props = { start: PlanDraft; of: PlanDto | null };

/** A plan is entered and changed here, without code. `of` is the draft that is amended; without it a new plan begins. */
export function PlanForm({ start, of }: Props) {
  const [draft, setDraft] = useState(start);
  const { busy, problem, send } = useCommand();
  const set = (part: Partial<PlanDraft>) => setDraft({ ...draft, ...part });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = bodyOfPlan(draft, newId);
    const { societyId, hazard } = draft;
    const made = of
      ? await send<PlanDto>(`/plans/${of.id}`, { version: of.version, ...body }, 'PUT')
      : await send<PlanDto>('/plans', { societyId, hazard, ...body });
    if (!made) return;
    say(t('said.plan', { title: made.title }));
    go(`plans/${made.id}`);
  };
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{t(of ? 'plans.amend' : 'plans.new')}</h2>
      <Head draft={draft} set={set} fixed={of !== null} />
      <TriggerLines triggers={draft.triggers} set={(triggers) => set({ triggers })} />
      {LEVELS.map((level) => (
        <LevelLines
          key={level}
          level={level}
          lines={draft.adds[level]}
          set={(lines) => set({ adds: { ...draft.adds, [level]: lines } })}
        />
      ))}
      <Refusal problem={problem} />
      <Submit label={t('plans.save')} busy={busy} lacks={isWholePlan(draft) ? null : t('plans.incomplete')} />
    </form>
  );
}

type HeadProps = { draft: PlanDraft; set: (part: Partial<PlanDraft>) => void; fixed: boolean };

function Head({ draft, set, fixed }: HeadProps) {
  const societies = useMayDraft();
  return (
    <>
      <div className="form-grid">
        {!fixed && (
          <>
            <SelectField
              label={t('plans.society')}
              required
              none={t('form.choose')}
              value={draft.societyId}
              set={(societyId) => set({ societyId })}
              options={societies.map(({ id, name }) => ({ value: id, words: name }))}
            />
            <SelectField
              label={t('plans.hazard')}
              required
              value={draft.hazard}
              set={(hazard) => set({ hazard })}
              options={[...INCIDENT_KINDS, 'any'].map((each) => ({ value: each, words: hazardText(each) }))}
            />
          </>
        )}
        <TextField
          label={t('plans.name')}
          required
          maxLength={80}
          value={draft.title}
          set={(title) => set({ title })}
        />
        <TextField
          label={t('plans.name-en')}
          maxLength={80}
          value={draft.titleEn}
          set={(titleEn) => set({ titleEn })}
        />
        <TextField
          label={t('plans.review-day')}
          required
          type="date"
          value={draft.reviewOn}
          set={(reviewOn) => set({ reviewOn })}
        />
        <TextField label={t('plans.source')} value={draft.source} set={(source) => set({ source })} />
        <Inherits draft={draft} set={set} />
      </div>
      <Field label={t('plans.note')}>
        <textarea
          className="input"
          maxLength={4000}
          value={draft.note}
          onChange={({ target }) => set({ note: target.value })}
        />
      </Field>
    </>
  );
}

/** The plans in force above that this one may stand on: of a society above, for the same hazard or for any. */
function Inherits({ draft, set }: Omit<HeadProps, 'fixed'>) {
  const plans = useFetched<{ items: PlanDto[] }>('/plans?state=in-force&limit=500');
  const fits = ({ societyId, hazard }: PlanDto) =>
    societyId !== null && societyId !== draft.societyId && (hazard === draft.hazard || hazard === 'any') &&
    isBelow(live.store, draft.societyId, societyId); // prettier-ignore
  const above = (plans.data?.items ?? []).filter(fits);
  const held = draft.inheritsId !== '' && !above.some(({ id }) => id === draft.inheritsId);
  return (
    <SelectField
      label={t('plans.inherits')}
      hint={held && draft.societyId !== '' && plans.data ? t('plans.inherits-again') : t('plans.inherits-hint')}
      value={draft.inheritsId}
      set={(inheritsId) => set({ inheritsId })}
      none={t('plans.inherits-none')}
      options={[
        ...above.map(({ id, title, number }) => ({ value: id, words: `${title} ${t('plans.number', { number })}` })),
        ...(held ? [{ value: draft.inheritsId, words: t('plans.inherits-held') }] : []),
      ]}
    />
  );
}
