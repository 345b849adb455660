import type { FormEvent } from 'react';
import type { IssueDetailDto } from '../../../../src/relief-stock/moving/issue.dto.js';
import { useCommand } from '../../api/use-command.js';
import { useDraft } from '../../app/drafts.js';
import { count } from '../../i18n/format.js';
import { named, t } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { Field } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';
import { differs, gapOf, isOpen, type LotCount, PARTS, wholeLot, withPart } from './moving.rules.js';

const EMPTY: { receiverName: string; counts: Record<string, LotCount> } = { receiverName: '', counts: {} };
const figure = (text: string): number => Math.max(0, Math.trunc(Number(text) || 0));

/** What the recipient signed for: whole by default, differences with a reason. */
export function SignForm({ issue, done }: { issue: IssueDetailDto; done: () => void }) {
  const { values, change, discard } = useDraft(`sign.${issue.id}`, EMPTY);
  const { busy, problem, send } = useCommand();
  const countOf = (line: IssueDetailDto['goods'][number]) => values.counts[line.id] ?? wholeLot(line.units);
  const open = issue.goods.filter((line) => isOpen(countOf(line), line.units)).length;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const lines = issue.goods.filter((line) => differs(countOf(line))).map((line) => {
      const { damagedTo: _, reason, ...units } = countOf(line);
      return { id: line.id, ...units, reason: reason.trim() };
    }); // prettier-ignore
    const body = { version: issue.version, receiverName: values.receiverName.trim(), lines };
    if (!(await send(`/stock/issues/${issue.id}/sign`, body))) return;
    discard();
    say(t('issue.said.sign', { number: issue.number }));
    done();
  };
  const set = (id: string, held: LotCount) => change({ counts: { ...values.counts, [id]: held } });
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)}>
      <Field label={t('keeper.receiver')} required>
        <input
          className="input"
          maxLength={80}
          required
          value={values.receiverName}
          onChange={(event) => change({ receiverName: event.target.value })}
        />
      </Field>
      <ul className="moving-count">
        {issue.goods.map((line) => (
          <li key={line.id}>
            <LineRow line={line} held={countOf(line)} set={(held) => set(line.id, held)} />
          </li>
        ))}
      </ul>
      <Refusal problem={problem} />
      <button
        type="submit"
        className="button primary huge"
        disabled={busy || open > 0 || values.receiverName.trim() === ''}
      >
        {open > 0 ? t('moving.count-open', { count: open }) : t('issue.act.sign')}
      </button>
    </form>
  );
}

type RowProps = { line: IssueDetailDto['goods'][number]; held: LotCount; set: (held: LotCount) => void };

function LineRow({ line, held, set }: RowProps) {
  const item = live.store.row('item', line.itemId);
  const gap = gapOf(held, line.units);
  return (
    <div className="moving-lot-row">
      <p>
        <b>{named(item)}</b>{' '}
        <span className="quiet numeric">
          {count(line.units)} {item?.unit}
        </span>
      </p>
      {PARTS.map((part) => (
        <label key={part}>
          <span className="quiet">{t(`moving.${part}`)}</span>
          <input
            className="input numeric"
            inputMode="numeric"
            aria-invalid={gap !== 0}
            value={held[part]}
            onFocus={(event) => event.target.select()}
            onChange={(event) => set(withPart(held, part, figure(event.target.value), line.units))}
          />
        </label>
      ))}
      {differs(held) && (
        <label className="moving-why">
          <span className="quiet">{t('moving.why')} *</span>
          <input
            className="input"
            maxLength={400}
            value={held.reason}
            onChange={(event) => set({ ...held, reason: event.target.value })}
          />
        </label>
      )}
    </div>
  );
}
