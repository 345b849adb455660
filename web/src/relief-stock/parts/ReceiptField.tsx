import type { ReceiptRowDto } from '../../../../src/relief-stock/receiving/receipt.dto.js';
import { query } from '../../api/http.js';
import { useFetched } from '../../api/use-fetched.js';
import { stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { SelectField } from '../../parts/TextField.js';

const TAKEN_IN = new Set<ReceiptRowDto['status']>(['accepted', 'part-rejected', 'put-away']);
type Props = { label: string; warehouseId: string; value: string; set: (receiptId: string) => void };

/** One of the receipts by which goods have come into a warehouse, the newest first. */
export function ReceiptField({ label, warehouseId, value, set }: Props) {
  const { data } = useFetched<{ items: ReceiptRowDto[] }>(`/stock/receipts${query({ warehouseId, limit: 100 })}`);
  const options = (data?.items ?? [])
    .filter((row) => TAKEN_IN.has(row.status))
    .map((row) => ({ value: row.id, words: `${row.number} · ${row.sourceName} · ${stamp(row.receivedAt)}` }));
  return (
    <SelectField
      label={label}
      required
      value={value}
      set={set}
      none={t('form.choose')}
      options={options}
      hint={data && options.length === 0 ? t('keeper.no-receipts') : undefined}
    />
  );
}
