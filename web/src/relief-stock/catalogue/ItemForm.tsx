import { useState } from 'react';
import type { FormEvent } from 'react';
import type { ItemDto } from '../../../../src/relief-stock/relief-stock.dto.js';
import { useCommand } from '../../api/use-command.js';
import { go } from '../../app/routes.js';
import { t } from '../../i18n/i18n.js';
import { Submit } from '../../parts/Act.js';
import { Choices } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';
import { TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { EMPTY_ITEM, itemBody, type ItemDraft, isWholeItem } from './item.rules.js';

const CLASSES = ['1', '2', '3'] as const;
const TEXTS = ['code', 'name', 'nameEn', 'unit'] as const;
const FIGURES = ['weightG', 'volumeCm3', 'shelfMonths', 'minimumUseDays'] as const;
const OPTIONAL = new Set<string>(['shelfMonths', 'minimumUseDays']);

/** A new item. Its unit is what everything of it is counted in, for ever. */
export function ItemForm({ may }: { may: boolean }) {
  const [draft, setDraft] = useState<ItemDraft>(EMPTY_ITEM);
  const { busy, problem, send } = useCommand();
  const set = (part: Partial<ItemDraft>) => setDraft({ ...draft, ...part });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const made = await send<ItemDto>('/items', itemBody(draft));
    if (!made) return;
    say(t('catalogue.said-item', { code: made.code }));
    go(`keeper/catalogue/${made.id}`);
  };
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)} noValidate>
      <Choices
        legend={t('catalogue.gbClass')}
        name="gb-class"
        values={CLASSES}
        value={draft.gbClass}
        choose={(gbClass) => set({ gbClass })}
        words={(gbClass) => t(`catalogue.gbClass.${gbClass}`)}
      />
      <div className="form-grid">
        {TEXTS.map((name) => (
          <TextField
            key={name}
            label={t(`catalogue.${name}`)}
            type={name === 'code' ? 'code' : 'text'}
            required
            maxLength={name === 'code' ? 20 : 80}
            hint={name === 'unit' ? t('catalogue.unit-hint') : undefined}
            value={draft[name]}
            set={(text) => set({ [name]: name === 'code' ? text.toUpperCase() : text })}
          />
        ))}
        {FIGURES.map((name) => (
          <TextField
            key={name}
            label={t(`catalogue.${name}`)}
            type="units"
            required={!OPTIONAL.has(name)}
            value={draft[name]}
            set={(text) => set({ [name]: text })}
          />
        ))}
        <TextField
          label={t('catalogue.priceYuan')}
          value={draft.priceYuan}
          maxLength={12}
          set={(priceYuan) => set({ priceYuan })}
        />
      </div>
      <Refusal problem={problem} />
      <Submit
        label={t('catalogue.add-item')}
        busy={busy}
        lacks={may ? (isWholeItem(draft) ? null : t('form.incomplete')) : t('catalogue.who')}
      />
    </form>
  );
}
