import { useState } from 'react';
import type { FormEvent } from 'react';
import type { RemarksDto } from '../../../../src/drills/sheet/sheet.dto.js';
import { useCommand } from '../../api/use-command.js';
import { stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { Submit } from '../../parts/Act.js';
import { Field } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';

type Props = { remarks: RemarksDto; drillId: string; may: boolean; done: () => void };
const LONGEST = 4000;

/** What went well and what must improve, in the words of all evaluators together. */
export function Remarks({ remarks, drillId, may, done }: Props) {
  const [open, setOpen] = useState(false);
  const empty = remarks.wentWell === '' && remarks.mustImprove === '';
  const close = () => {
    setOpen(false);
    done();
  };
  return (
    <section aria-label={t('drills.remarks')}>
      <h4>{t('drills.remarks')}</h4>
      {empty && <p className="quiet">{t(may ? 'drills.no-remarks' : 'drills.no-remarks-yet')}</p>}
      {!empty && (
        <dl className="drill-remarks">
          <dt>{t('drills.went-well')}</dt>
          <dd>{remarks.wentWell || '—'}</dd>
          <dt>{t('drills.must-improve')}</dt>
          <dd>{remarks.mustImprove || '—'}</dd>
        </dl>
      )}
      {remarks.by && remarks.at && (
        <p className="quiet">
          {remarks.by} · <span className="numeric">{stamp(remarks.at)}</span>
        </p>
      )}
      {may && !open && (
        <button type="button" className="button" onClick={() => setOpen(true)}>
          {t('drills.write-remarks')}
        </button>
      )}
      {open && <RemarksForm remarks={remarks} drillId={drillId} done={close} back={() => setOpen(false)} />}
    </section>
  );
}

type FormProps = { remarks: RemarksDto; drillId: string; done: () => void; back: () => void };
/** Saves over the version that was read when it was opened; a colleague's is shown above, and taken note of before one's own goes over it. */
function RemarksForm({ remarks, drillId, done, back }: FormProps) {
  const [seen, setSeen] = useState(remarks.version);
  const [values, setValues] = useState({ wentWell: remarks.wentWell, mustImprove: remarks.mustImprove });
  const { busy, problem, send, clear } = useCommand();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { wentWell, mustImprove } = values;
    const body = { version: seen, wentWell: wentWell.trim(), mustImprove: mustImprove.trim() };
    if (await send(`/drills/${drillId}/sheet/remarks`, body, 'PUT')) done();
  };
  const changed = remarks.version !== seen;
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)} noValidate>
      {(['wentWell', 'mustImprove'] as const).map((part) => (
        <Field key={part} label={t(part === 'wentWell' ? 'drills.went-well' : 'drills.must-improve')}>
          <textarea
            className="input"
            rows={4}
            maxLength={LONGEST}
            value={values[part]}
            onChange={({ target }) => setValues({ ...values, [part]: target.value })}
          />
        </Field>
      ))}
      <Refusal problem={problem} />
      {changed && (
        <p className="notice warning" role="status">
          {t('drills.remarks-changed', { by: remarks.by ?? '' })}{' '}
          <button
            type="button"
            className="button"
            onClick={() => {
              clear();
              setSeen(remarks.version);
            }}
          >
            {t('drills.remarks-seen')}
          </button>
        </p>
      )}
      <div className="drill-acts">
        <Submit label={t('drills.remarks-save')} busy={busy} look="primary" lacks={changed ? t('drills.remarks-compare') : null} />
        <button type="button" className="button bare" onClick={back}>
          {t('act.back')}
        </button>
      </div>
    </form>
  ); // prettier-ignore
}
