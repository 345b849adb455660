import { useState } from 'react';
import type { FormEvent } from 'react';
import { DRILL_SCRIPTS, type DrillDto } from '../../../src/drills/drills.dto.js';
import { useCommand } from '../api/use-command.js';
import { go } from '../app/routes.js';
import { t } from '../i18n/i18n.js';
import { Submit } from '../parts/Act.js';
import { Field } from '../parts/Field.js';
import { Refusal } from '../parts/Refusal.js';
import { SelectField, TextField } from '../parts/TextField.js';
import { useMayRunDrills } from './who.js';

const EMPTY = { title: '', societyId: '', script: '', speed: '1', listed: '' };
export const SPEEDS = [1, 2, 5, 10, 30, 60];

/** A new drill. Nothing happens before it is started. */
export function DrillForm() {
  const [values, setValues] = useState(EMPTY);
  const societies = useMayRunDrills();
  const { busy, problem, send } = useCommand();
  const set = (part: Partial<typeof EMPTY>) => setValues({ ...values, ...part });
  const societyId = values.societyId || (societies[0]?.id ?? '');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const listed = values.listed.split(/\s+/).filter(Boolean);
    const body = { title: values.title.trim(), societyId, speed: Number(values.speed), listed, ...(values.script ? { script: values.script } : {}) }; // prettier-ignore
    const made = await send<DrillDto>('/drills', body);
    if (made) go(`drills/${made.id}`);
  };
  const lacks = values.title.trim() === '' ? t('drills.name-missing') : null;
  return (
    <form className="keeper-form" data-tour="drill-form" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{t('drills.new')}</h2>
      <div className="form-grid">
        <TextField
          label={t('drills.name')}
          value={values.title}
          set={(title) => set({ title })}
          maxLength={80}
          required
          focus
        />
        <SelectField
          label={t('drills.society')}
          value={societyId}
          set={(next) => set({ societyId: next })}
          options={societies.map(({ id, name }) => ({ value: id, words: name }))}
        />
        <SelectField
          label={t('drills.script')}
          value={values.script}
          set={(script) => set({ script })}
          none={t('drills.script-none')}
          options={DRILL_SCRIPTS.map((script) => ({ value: script, words: t(`drill-script.${script}`) }))}
        />
        <SelectField
          label={t('drills.speed')}
          value={values.speed}
          set={(speed) => set({ speed })}
          options={SPEEDS.map((speed) => ({ value: String(speed), words: t('drills.times', { speed }) }))}
        />
      </div>
      <Field label={t('drills.listed')} hint={t('drills.listed-hint')}>
        <textarea
          className="input"
          rows={3}
          value={values.listed}
          onChange={({ target }) => set({ listed: target.value })}
        />
      </Field>
      <Refusal problem={problem} />
      <Submit label={t('drills.plan')} busy={busy} lacks={lacks} />
    </form>
  );
}
