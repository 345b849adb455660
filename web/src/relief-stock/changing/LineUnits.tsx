import { count } from '../../i18n/format.js';
import { t, unitOf } from '../../i18n/i18n.js';
import { useRow } from '../../live/hooks.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import type { LineDraft } from './adjustment-draft.rules.js';
import { usePacks } from './PacksPage.js';

type Props = { line: LineDraft; set: (part: Partial<LineDraft>) => void };

/** How many: in units, or in packs of an exact number of units when the item has any. */
export function LineUnits({ line, set }: Props) {
  const unit = unitOf(useRow('item', line.itemId));
  const packs = usePacks(line.itemId).data?.items ?? [];
  const pack = packs.find(({ id }) => id === line.packId);
  return (
    <div className="form-grid">
      <TextField
        label={t(pack ? 'changing.packs-count' : 'keeper.units')}
        type="units"
        required
        value={line.units}
        set={(units) => set({ units })}
        hint={pack && t('changing.packs-sum', { units: count(Number(line.units) * pack.units), unit })}
      />
      {packs.length > 0 && (
        <SelectField
          label={t('changing.counted-in')}
          value={line.packId}
          set={(packId) => set({ packId })}
          none={unit}
          options={packs.map(({ id, name, units }) => ({ value: id, words: `${name} (${count(units)} ${unit})` }))}
        />
      )}
    </div>
  );
}
