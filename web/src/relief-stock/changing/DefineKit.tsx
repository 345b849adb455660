import { useState } from 'react';
import type { FormEvent } from 'react';
import type { KitDto } from '../../../../src/relief-stock/changing/kit.dto.js';
import { useCommand } from '../../api/use-command.js';
import { go } from '../../app/routes.js';
import { t } from '../../i18n/i18n.js';
import { Submit } from '../../parts/Act.js';
import { TextField } from '../../parts/TextField.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';
import { ItemPicker } from '../ItemPicker.js';

type Part = { itemId: string; units: string };
const isUnits = (text: string): boolean => /^[1-9]\d{0,3}$/.test(text);

/** Says what a kit consists of. Kits made before keep what they hold. */
export function DefineKit({ kits, done }: { kits: KitDto[]; done: () => void }) {
  const [kitId, setKit] = useState('');
  const [parts, setParts] = useState<Part[]>([{ itemId: '', units: '' }]);
  const { busy, problem, send } = useCommand();
  const known = kits.find(({ itemId }) => itemId === kitId);
  const choose = (itemId: string) => {
    setKit(itemId);
    const held = kits.find((kit) => kit.itemId === itemId);
    if (held) setParts(held.parts.map((part) => ({ ...part, units: String(part.units) })));
  };
  const set = (n: number, part: Partial<Part>) =>
    setParts(parts.map((each, at) => (at === n ? { ...each, ...part } : each)));
  const whole = kitId !== '' && parts.every(({ itemId, units }) => itemId !== '' && isUnits(units));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = {
      version: known?.version,
      parts: parts.map(({ itemId, units }) => ({ itemId, units: Number(units) })),
    };
    if (!(await send(`/kits/${kitId}`, body, 'PUT'))) return;
    done();
    say(t('kits.said-defined'));
    go('keeper/kits');
  };
  return (
    <form className="goods-receipt" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{t('kits.define')}</h2>
      <ItemPicker itemId={kitId} choose={choose} fault={null} />
      {parts.map((part, n) => (
        <fieldset key={n} className="receipt-line">
          <legend>{t('kits.part', { n: n + 1 })}</legend>
          <ItemPicker itemId={part.itemId} choose={(itemId) => set(n, { itemId })} fault={null} />
          <TextField
            label={t('kits.units-per-kit')}
            type="units"
            required
            value={part.units}
            set={(units) => set(n, { units })}
          />
          {parts.length > 1 && (
            <button type="button" className="button bare" onClick={() => setParts(parts.filter((_, at) => at !== n))}>
              {t('keeper.remove-line', { n: n + 1 })}
            </button>
          )}
        </fieldset>
      ))}
      <button type="button" className="button" onClick={() => setParts([...parts, { itemId: '', units: '' }])}>
        <span aria-hidden="true">+</span> {t('keeper.add-line')}
      </button>
      <Refusal problem={problem} />
      <Submit label={t('kits.save')} busy={busy} lacks={whole ? null : t('kits.incomplete')} />
    </form>
  );
}
