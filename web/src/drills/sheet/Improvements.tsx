import { useState } from 'react';
import type { FormEvent } from 'react';
import type { ImprovementDto, SheetItemDto } from '../../../../src/drills/sheet/sheet.dto.js';
import { useCommand } from '../../api/use-command.js';
import { stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { serverNow } from '../../live/clock.js';
import { Act, Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { itemWords } from './item-words.js';
import { Finish } from './Finish.js';

type Props = {
  improvements: readonly ImprovementDto[];
  items: readonly SheetItemDto[];
  drillId: string;
  may: boolean;
  done: () => void;
};
const LONGEST_OWNER = 80;
const today = (): string => stamp(serverNow()).slice(0, 10);

/** What must become better: who sees to it, until which day, and what was done. */
export function Improvements({ improvements, items, drillId, may, done }: Props) {
  const [adding, setAdding] = useState(false);
  const close = () => {
    setAdding(false);
    done();
  };
  return (
    <section aria-label={t('drills.improvements')}>
      <h4>{t('drills.improvements')}</h4>
      {improvements.length === 0 && (
        <p className="quiet">{t(may ? 'drills.no-improvements' : 'drills.no-improvements-yet')}</p>
      )}
      <ul className="drill-items">
        {improvements.map((one) => (
          <Improvement key={one.id} one={one} items={items} drillId={drillId} may={may} done={done} />
        ))}
      </ul>
      {may && !adding && (
        <button type="button" className="button" onClick={() => setAdding(true)}>
          {t('drills.add-improvement')}
        </button>
      )}
      {adding && <ImprovementForm items={items} drillId={drillId} done={close} back={() => setAdding(false)} />}
    </section>
  );
}

type RowProps = Omit<Props, 'improvements'> & { one: ImprovementDto };
function Improvement({ one, items, drillId, may, done }: RowProps) {
  const [editing, setEditing] = useState(false);
  const path = `/drills/${drillId}/sheet/improvements/${one.id}`;
  const item = items.find(({ key }) => key === one.item);
  const late = one.state === 'open' && one.dueOn < today();
  const close = () => {
    setEditing(false);
    done();
  };
  return (
    <li>
      <div>{one.what}</div>
      <p className={late ? 'unmet' : 'quiet'}>
        {t(`drill-improvement.${one.state}`)} · {t('drills.owner-is', { owner: one.owner })} ·{' '}
        <span className="numeric">{t('drills.due-is', { day: one.dueOn })}</span>
        {late && ` · ${t('drills.overdue')}`}
        {item && ` · ${itemWords(item)}`}
      </p>
      {one.doneNote && one.doneAt && (
        <p className="quiet">
          {one.doneNote} · {one.doneBy} · <span className="numeric">{stamp(one.doneAt)}</span>
        </p>
      )}
      {may && !editing && (
        <div className="drill-acts">
          {one.state === 'open' && <Finish path={path} version={one.version} done={done} />}
          {one.state === 'open' && (
            <button type="button" className="button" onClick={() => setEditing(true)}>
              {t('drills.revise')}
            </button>
          )}
          {one.state === 'done' && (
            <Act label={t('drills.reopen')} path={`${path}/reopen`} body={{ version: one.version }} look="plain" done={done} />
          )}
        </div>
      )}
      {editing && <ImprovementForm held={one} items={items} drillId={drillId} done={close} back={() => setEditing(false)} />}
    </li>
  ); // prettier-ignore
}

type FormProps = { held?: ImprovementDto; items: readonly SheetItemDto[]; drillId: string; done: () => void; back: () => void }; // prettier-ignore
/** A new one, or another owner, day or wording of one that stands: of the version that was read when it was opened. */
function ImprovementForm({ held, items, drillId, done, back }: FormProps) {
  const [version] = useState(held?.version);
  const [values, setValues] = useState({ item: held?.item ?? '', what: held?.what ?? '', owner: held?.owner ?? '', dueOn: held?.dueOn ?? '' }); // prettier-ignore
  const { busy, problem, send } = useCommand();
  const set = (part: Partial<typeof values>) => setValues({ ...values, ...part });
  const path = `/drills/${drillId}/sheet/improvements`;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { what: values.what.trim(), owner: values.owner.trim(), dueOn: values.dueOn };
    const answer = held
      ? await send(`${path}/${held.id}`, { ...body, version }, 'PUT')
      : await send(path, { ...body, ...(values.item ? { item: values.item } : {}) });
    if (answer) done();
  };
  const lacks = values.what.trim() === '' || values.owner.trim() === '' || values.dueOn === '' ? t('drills.improvement-missing') : null; // prettier-ignore
  const options = items.filter(({ leftOut }) => !leftOut).map((item) => ({ value: item.key, words: itemWords(item) }));
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)} noValidate>
      <TextField label={t('drills.what-improve')} value={values.what} set={(what) => set({ what })} required focus />
      <div className="form-grid">
        <TextField label={t('drills.owner')} value={values.owner} set={(owner) => set({ owner })} maxLength={LONGEST_OWNER} required />
        <TextField label={t('drills.due')} type="date" value={values.dueOn} set={(dueOn) => set({ dueOn })} required />
        {!held && (
          <SelectField label={t('drills.about-item')} value={values.item} set={(item) => set({ item })} none={t('drills.about-none')} options={options} />
        )}
      </div>
      <Refusal problem={problem} />
      <div className="drill-acts">
        <Submit label={t('drills.improvement-save')} busy={busy} lacks={lacks} look="primary" />
        <button type="button" className="button bare" onClick={back}>
          {t('act.back')}
        </button>
      </div>
    </form>
  ); // prettier-ignore
}
