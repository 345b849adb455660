import { useState } from 'react';
import type { FormEvent } from 'react';
import type { DrillNowDto, InjectDto } from '../../../src/drills/drills.dto.js';
import { INCIDENT_KINDS, severity } from '../../../src/incidents/incidents.dto.js';
import { newId } from '../api/ids.js';
import { useCommand } from '../api/use-command.js';
import { named, t } from '../i18n/i18n.js';
import { useRows } from '../live/hooks.js';
import { Submit } from '../parts/Act.js';
import { Refusal } from '../parts/Refusal.js';
import { SelectField, TextField } from '../parts/TextField.js';
import { say } from '../parts/toast.js';
import { callOf, EMPTY_INJECT, HAND_KINDS, type HandKind, type InjectDraft, lacksIn, momentOf, NEEDED } from './inject.rules.js'; // prettier-ignore
import { useMayRunDrills } from './who.js';

type Part = { values: InjectDraft; set: (part: Partial<InjectDraft>) => void };
const KEY_LETTERS = 12;

/** A further inject, by hand: what happens, and now or when by the clock of the drill. */
export function InjectForm({ drill, done }: { drill: DrillNowDto; done: () => void }) {
  const [values, setValues] = useState(EMPTY_INJECT);
  const [key, setKey] = useState(newId);
  const { busy, problem, send } = useCommand();
  const societies = useMayRunDrills();
  const set = (part: Partial<InjectDraft>) => setValues({ ...values, ...part });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const desk = societies.find(({ id }) => id === values.societyId);
    const call = callOf(values, desk, `hand-${key.slice(-KEY_LETTERS)}`);
    if (!(await send<InjectDto>(`/drills/${drill.id}/injects`, { id: key, at: momentOf(values.at), call }))) return;
    say(t(values.at ? 'drills.inject-later' : 'drills.inject-now'));
    setKey(newId());
    setValues({ ...EMPTY_INJECT, kind: values.kind, societyId: values.societyId });
    done();
  };
  const lacks = lacksIn(values);
  return (
    <details className="drill-inject">
      <summary>{t('drills.inject')}</summary>
      <form className="keeper-form" onSubmit={(event) => void submit(event)} noValidate>
        <div className="form-grid">
          <SelectField
            label={t('drills.inject-kind')}
            value={values.kind}
            set={(kind) => set({ kind: kind as HandKind })}
            options={HAND_KINDS.map((kind) => ({ value: kind, words: t(`inject-kind.${kind}`) }))}
          />
          <TextField
            label={t('drills.inject-at')}
            type="datetime-local"
            value={values.at}
            set={(at) => set({ at })}
            hint={t('drills.inject-at-hint')}
          />
          <Fields values={values} set={set} />
        </div>
        <TextField
          label={t(`drills.inject-words-${values.kind}`)}
          value={values.words}
          set={(words) => set({ words })}
          required={NEEDED[values.kind].includes('words')}
        />
        <Refusal problem={problem} />
        <Submit
          label={t('drills.inject-enter')}
          busy={busy}
          lacks={lacks[0] ? t(`drills.inject-lacks-${lacks[0]}`) : null}
          look="primary"
        />
      </form>
    </details>
  );
}

/** What a kind of inject asks besides its words. */
function Fields({ values, set }: Part) {
  const societies = useMayRunDrills();
  const { kind } = values;
  return (
    <>
      {(kind === 'report' || kind === 'request') && (
        <SelectField
          label={t('drills.inject-society')}
          value={values.societyId}
          set={(societyId) => set({ societyId })}
          none={t('drills.inject-choose')}
          options={societies.map(({ id, name }) => ({ value: id, words: name }))}
          required
        />
      )}
      {kind === 'report' && <ReportFields values={values} set={set} />}
      {kind === 'reply' && <UnitField values={values} set={set} />}
      {kind === 'request' && <GoodsFields values={values} set={set} />}
      {(kind === 'report' || kind === 'request') && (
        <TextField label={t('drills.inject-place')} value={values.place} set={(place) => set({ place })} maxLength={80} required />
      )}
    </>
  ); // prettier-ignore
}

function ReportFields({ values, set }: Part) {
  return (
    <>
      <TextField label={t('drills.inject-title')} value={values.title} set={(title) => set({ title })} maxLength={80} required />
      <SelectField
        label={t('report.kind')}
        value={values.incidentKind}
        set={(incidentKind) => set({ incidentKind })}
        options={INCIDENT_KINDS.map((kind) => ({ value: kind, words: t(`kind.${kind}`) }))}
      />
      <SelectField
        label={t('drills.inject-severity')}
        value={values.severity}
        set={(chosen) => set({ severity: chosen })}
        options={severity.options.map((one) => ({ value: one, words: t(`severity.${one}`) }))}
      />
    </>
  ); // prettier-ignore
}

function UnitField({ values, set }: Part) {
  const units = useRows('team-unit');
  return (
    <SelectField
      label={t('drills.inject-unit')}
      value={values.unitCode}
      set={(unitCode) => set({ unitCode })}
      none={t('drills.inject-choose')}
      options={units.map(({ code, name, teamName }) => ({ value: code, words: `${teamName} ${name} (${code})` }))}
      required
    />
  );
}

function GoodsFields({ values, set }: Part) {
  const items = useRows('item');
  return (
    <>
      <SelectField
        label={t('drills.inject-item')}
        value={values.itemCode}
        set={(itemCode) => set({ itemCode })}
        none={t('drills.inject-choose')}
        options={items.map((item) => ({ value: item.code, words: named(item) }))}
        required
      />
      <TextField label={t('drills.inject-units')} type="units" value={values.units} set={(units) => set({ units })} required />
      <TextField label={t('drills.inject-hours')} type="units" value={values.hours} set={(hours) => set({ hours })} required />
    </>
  ); // prettier-ignore
}
