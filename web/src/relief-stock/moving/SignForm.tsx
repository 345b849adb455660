import type { FormEvent } from 'react';
import type { IssueDetailDto } from '../../../../src/relief-stock/moving/issue.dto.js';
import { useDraft } from '../../app/drafts.js';
import { count } from '../../i18n/format.js';
import { named, t, unitOf } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';
import { TextField } from '../../parts/TextField.js';
import { useStockAct } from '../outbox/use-act.js';
import { CountParts } from '../parts/CountParts.js';
import { issueToDo } from './to-do.js';
import { differs, isOpen, type LotCount, wholeLot } from './moving.rules.js';

const EMPTY: { receiverName: string; counts: Record<string, LotCount> } = { receiverName: '', counts: {} };

/** What the recipient signed for: whole by default, differences with a reason. */
export function SignForm({ issue, done }: { issue: IssueDetailDto; done: () => void }) {
  const { values, change, discard } = useDraft(`sign.${issue.id}`, EMPTY);
  const { busy, problem, act } = useStockAct();
  const countOf = (line: IssueDetailDto['goods'][number]) => values.counts[line.id] ?? wholeLot(line.units);
  const open = issue.goods.filter((line) => isOpen(countOf(line), line.units)).length;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const lines = issue.goods.filter((line) => differs(countOf(line))).map((line) => {
      const { damagedTo: _, reason, ...units } = countOf(line);
      return { id: line.id, ...units, reason: reason.trim() };
    }); // prettier-ignore
    const told = { receiverName: values.receiverName.trim(), lines };
    const answer = await act({
      ...issueToDo(issue, 'issue-sign', 'sign', told),
      draft: { name: `sign.${issue.id}`, values },
    });
    if (answer === null) return;
    discard();
    if (answer !== 'kept') say(t('issue.said.sign', { number: issue.number }));
    done();
  };
  const unsigned = values.receiverName.trim() === '' ? t('form.incomplete') : null;
  const lacks = open > 0 ? t('moving.count-open', { count: open }) : unsigned;
  const set = (id: string, held: LotCount) => change({ counts: { ...values.counts, [id]: held } });
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)}>
      <TextField
        label={t('keeper.receiver')}
        required
        maxLength={80}
        value={values.receiverName}
        set={(receiverName) => change({ receiverName })}
      />
      <ul className="moving-count">
        {issue.goods.map((line) => (
          <li key={line.id}>
            <CountParts units={line.units} held={countOf(line)} set={(held) => set(line.id, held)}>
              <b>{named(live.store.row('item', line.itemId))}</b>{' '}
              <span className="quiet numeric">
                {count(line.units)} {unitOf(live.store.row('item', line.itemId))}
              </span>
            </CountParts>
          </li>
        ))}
      </ul>
      <Refusal problem={problem} />
      <Submit label={t('issue.act.sign')} busy={busy} lacks={lacks} />
    </form>
  );
}
