import type { FormEvent } from 'react';
import type { ReceiptDto } from '../../../../src/relief-stock/receiving/receipt.dto.js';
import { useCommand } from '../../api/use-command.js';
import { useDraft } from '../../app/drafts.js';
import { named, t } from '../../i18n/i18n.js';
import { useRows } from '../../live/hooks.js';
import { live } from '../../live/live.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';
import { LineName } from './ReceiptLines.js';
import { Cancel, type StepProps } from './ReceiptSheet.js';

type Counts = { counts: Record<number, string> };

/** One person's count, blind: neither the papers' figures nor the other's count stand beside the field. */
export function CountForm(props: StepProps) {
  const { receipt, done } = props;
  useRows('item');
  const second = receipt.status === 'counted-a';
  const { values, change, discard } = useDraft<Counts>(`count.${receipt.id}`, { counts: {} });
  const { busy, problem, send } = useCommand();
  const open = receipt.lines.filter(({ line }) => !/^\d{1,8}$/.test(values.counts[line] ?? '')).length;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const lines = receipt.lines.map(({ line }) => ({ line, units: Number(values.counts[line]) }));
    const next = await send<ReceiptDto>(`/stock/receipts/${receipt.id}/count`, { version: receipt.version, lines });
    if (!next) return;
    discard();
    say(t('receiving.said-counted'));
    done(next);
  };
  return (
    <>
      <form className="keeper-form" onSubmit={(event) => void submit(event)} noValidate>
        <h3>{t(second ? 'receiving.count-b' : 'receiving.count-a')}</h3>
        <p className="quiet">{t('receiving.blind')}</p>
        <table className="keeper-table receiving-lines">
          <thead>
            <tr>
              <th scope="col">{t('keeper.item')}</th>
              <th scope="col">{t('receiving.counted')}</th>
            </tr>
          </thead>
          <tbody className="numeric">
            {receipt.lines.map((line) => (
              <tr key={line.line}>
                <th scope="row">
                  <LineName line={line} />
                </th>
                <td>
                  <input
                    className="input"
                    inputMode="numeric"
                    maxLength={8}
                    aria-label={`${named(live.store.row('item', line.itemId))} ${t('receiving.counted')}`}
                    value={values.counts[line.line] ?? ''}
                    onChange={(event) => change({ counts: { ...values.counts, [line.line]: event.target.value } })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <Refusal problem={problem} />
        <Submit
          label={t('receiving.count-done')}
          busy={busy}
          lacks={open > 0 ? t('receiving.count-open', { count: open }) : null}
        />
      </form>
      <Cancel {...props} />
    </>
  );
}
