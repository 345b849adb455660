import { type FormEvent, useState } from 'react';
import type { ReceiptDto } from '../../../../src/relief-stock/receiving/receipt.dto.js';
import { useCommand } from '../../api/use-command.js';
import { count } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';
import { useBins } from '../parts/BinField.js';
import { LineName } from './ReceiptLines.js';
import type { StepProps } from './ReceiptSheet.js';

/** From where the goods were accepted into their bins; a line without a bin stays where it is. */
export function PutAwayForm({ receipt, warehouseId, done }: StepProps) {
  const bins = useBins(warehouseId);
  const { busy, problem, send } = useCommand();
  const [into, setInto] = useState<Record<number, string>>({});
  const codeOf = (binId: string | null) => bins.find(({ id }) => id === binId)?.code ?? '';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const moves = receipt.lines
      .filter(({ line, units }) => units > 0 && into[line])
      .map(({ line, units }) => ({ line, binId: into[line]!, units }));
    const body = { version: receipt.version, moves };
    const next = await send<ReceiptDto>(`/stock/receipts/${receipt.id}/put-away`, body);
    if (!next) return;
    say(t('receiving.said-put-away', { number: next.number }));
    done(next);
  };
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)}>
      <h3>{t('receiving.put-away')}</h3>
      <table className="keeper-table receiving-lines">
        <tbody className="numeric">
          {receipt.lines
            .filter(({ units }) => units > 0)
            .map((line) => (
              <tr key={line.line}>
                <th scope="row">
                  <LineName line={line} />
                </th>
                <td>{count(line.units)}</td>
                <td>{codeOf(line.binId)}</td>
                <td>
                  <select
                    className="input"
                    aria-label={t('receiving.into')}
                    value={into[line.line] ?? ''}
                    onChange={(event) => setInto({ ...into, [line.line]: event.target.value })}
                  >
                    <option value="">{t('receiving.stays')}</option>
                    {bins
                      .filter(({ id }) => id !== line.binId)
                      .map((bin) => (
                        <option key={bin.id} value={bin.id}>
                          {bin.code}
                        </option>
                      ))}
                  </select>
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      <Refusal problem={problem} />
      <Submit label={t('receiving.put-away')} busy={busy} />
    </form>
  );
}
