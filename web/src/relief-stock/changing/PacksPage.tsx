import { useState } from 'react';
import type { FormEvent } from 'react';
import type { ItemPackDto } from '../../../../src/relief-stock/changing/kit.dto.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { count } from '../../i18n/format.js';
import { t, unitOf } from '../../i18n/i18n.js';
import { useRow } from '../../live/hooks.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { ItemPicker } from '../ItemPicker.js';
import { PaperList, PaperRow } from '../parts/PaperList.js';

const LEAST_UNITS = 2;
/** The packs of an item: what a carton or a pallet of it holds. */
export const usePacks = (itemId: string) =>
  useFetched<{ items: ItemPackDto[] }>(itemId === '' ? null : `/items/${itemId}/packs`);

/** Packs of an item and a new one. A pack never changes: what was counted in it stays true. */
export function PacksPage() {
  const [itemId, choose] = useState('');
  const unit = unitOf(useRow('item', itemId));
  const packs = usePacks(itemId);
  return (
    <>
      <p className="quiet">{t('kits.packs-about')}</p>
      <ItemPicker itemId={itemId} choose={choose} fault={null} />
      {itemId !== '' && (
        <>
          <PaperList
            of={packs}
            empty={t('kits.no-packs')}
            row={(pack) => (
              <PaperRow title={pack.name} aside={t('kits.pack-holds', { units: count(pack.units), unit })} />
            )}
          />
          <AddPack key={itemId} itemId={itemId} unit={unit} done={packs.reload} />
        </>
      )}
    </>
  );
}

function AddPack({ itemId, unit, done }: { itemId: string; unit: string; done: () => void }) {
  const [name, setName] = useState('');
  const [units, setUnits] = useState('');
  const { busy, problem, send } = useCommand();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await send(`/items/${itemId}/packs`, { name: name.trim(), units: Number(units) }))) return;
    say(t('kits.said-pack', { name: name.trim() }));
    setName('');
    setUnits('');
    done();
  };
  const whole = name.trim() !== '' && Number(units) >= LEAST_UNITS;
  return (
    <form className="receipt-line" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{t('kits.add-pack')}</h2>
      <div className="form-grid">
        <TextField label={t('kits.pack-name')} required maxLength={80} value={name} set={setName} />
        <TextField
          label={t('keeper.units-of', { unit })}
          hint={t('kits.pack-units-hint')}
          type="units"
          required
          value={units}
          set={setUnits}
        />
      </div>
      <Refusal problem={problem} />
      <Submit look="primary" label={t('kits.add-pack')} busy={busy} lacks={whole ? null : t('form.incomplete')} />
    </form>
  );
}
