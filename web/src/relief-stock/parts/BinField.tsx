import type { BinDto } from '../../../../src/relief-stock/relief-stock.dto.js';
import { useFetched } from '../../api/use-fetched.js';
import { t } from '../../i18n/i18n.js';
import { SelectField } from '../../parts/TextField.js';

export const useBins = (warehouseId: string | null): BinDto[] =>
  useFetched<{ items: BinDto[] }>(warehouseId && `/warehouses/${warehouseId}/bins`).data?.items ?? [];

type Props = {
  label?: string;
  warehouseId: string;
  value: string;
  set: (binId: string) => void;
  /** What the choice of no bin means; without it a bin must be chosen. */
  none?: string;
  /** A bin that is no choice here. */
  except?: string | null;
  required?: boolean;
};

/** One bin of a warehouse. */
export function BinField({ label, warehouseId, value, set, none, except = null, required = false }: Props) {
  const bins = useBins(warehouseId);
  return (
    <SelectField
      label={label ?? t('keeper.put-in-bin')}
      value={value}
      set={set}
      none={none ?? t('form.choose')}
      required={required}
      options={bins.filter(({ id }) => id !== except).map(({ id, code }) => ({ value: id, words: code }))}
    />
  );
}
