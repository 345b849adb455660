import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { type Grade, GRADES, type JudgementDto, type SheetItemDto } from '../../../../src/drills/sheet/sheet.dto.js';
import { useCommand } from '../../api/use-command.js';
import { stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { Act, Submit } from '../../parts/Act.js';
import { Choices } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';
import { TextField } from '../../parts/TextField.js';
import { itemWords } from './item-words.js';

type Props = { item: SheetItemDto; drillId: string; runs: boolean; may: boolean; done: () => void };

/** One item: what evaluators said of it side by side, and the form for one's own word. */
export function SheetItem({ item, drillId, runs, may, done }: Props) {
  const [open, setOpen] = useState(false);
  const path = `/drills/${drillId}/sheet/items/${item.key}`;
  const close = () => {
    setOpen(false);
    done();
  };
  return (
    <li className={item.leftOut ? 'left-out' : ''}>
      <div className="drill-item">
        <span>{itemWords(item)}</span>
        {item.leftOut && <Act label={t('drills.take-back')} path={`${path}/take-back`} look="plain" done={done} />}
        {!item.leftOut && may && !open && (
          <button
            type="button"
            className="button"
            aria-label={t('drills.judge-item', { item: itemWords(item) })}
            onClick={() => setOpen(true)}
          >
            {t('drills.judge')}
          </button>
        )}
        {!item.leftOut && runs && !may && item.judgements.length === 0 && (
          <Act label={t('drills.leave-out')} path={`${path}/leave-out`} look="plain" done={done} />
        )}
      </div>
      <Said judgements={item.judgements} />
      {item.apart && <p className="unmet">{t('drills.apart')}</p>}
      {open && (
        <JudgeForm item={item} drillId={drillId} done={close} back={() => setOpen(false)}>
          {item.judgements.length === 0 && (
            <Act label={t('drills.leave-out')} path={`${path}/leave-out`} look="plain" done={close} />
          )}
        </JudgeForm>
      )}
    </li>
  );
}

/** Those that stand; the former ones are kept, folded up. */
function Said({ judgements }: { judgements: readonly JudgementDto[] }) {
  const former = judgements.filter(({ stands }) => !stands);
  return (
    <>
      {judgements.filter(({ stands }) => stands).map((one) => <Word key={one.id} judgement={one} />)}
      {former.length > 0 && (
        <details>
          <summary>{t('drills.former', { count: former.length })}</summary>
          {former.map((one) => (
            <Word key={one.id} judgement={one} />
          ))}
        </details>
      )}
    </>
  ); // prettier-ignore
}

const Word = ({ judgement: { grade, note, by, at } }: { judgement: JudgementDto }) => (
  <p className="drill-word">
    <b>{t(`drill-grade.${grade}`)}</b> {note}{' '}
    <span className="quiet">
      {by} · <span className="numeric">{stamp(at)}</span>
    </span>
  </p>
);

type FormProps = { item: SheetItemDto; drillId: string; done: () => void; back: () => void; children: ReactNode };
function JudgeForm({ item, drillId, done, back, children }: FormProps) {
  const [grade, setGrade] = useState<Grade | ''>('');
  const [note, setNote] = useState('');
  const { busy, problem, send } = useCommand();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await send(`/drills/${drillId}/sheet/judgements`, { item: item.key, grade, note: note.trim() })) done();
  };
  return (
    <form className="keeper-form drill-judge" onSubmit={(event) => void submit(event)} noValidate>
      <Choices
        legend={t('drills.grade')}
        name={`grade-${item.key}`}
        values={GRADES}
        value={grade}
        choose={setGrade}
        words={(each) => t(`drill-grade.${each}`)}
        required
      />
      <TextField label={t('drills.note')} value={note} set={setNote} hint={t('drills.note-hint')} focus />
      <Refusal problem={problem} />
      <div className="drill-acts">
        <Submit label={t('drills.judge-save')} busy={busy} lacks={grade === '' ? t('drills.grade-missing') : null} look="primary" />
        <button type="button" className="button bare" onClick={back}>
          {t('act.back')}
        </button>
        {children}
      </div>
    </form>
  ); // prettier-ignore
}
