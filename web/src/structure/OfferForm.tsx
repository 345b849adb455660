import { type FormEvent, useState } from 'react';
import type { SocietyDto } from '../../../src/access/access.dto.js';
import { isBelow } from '../access/societies.js';
import { useCommand } from '../api/use-command.js';
import { named, t, useLocale } from '../i18n/i18n.js';
import { useLive, useRows } from '../live/hooks.js';
import { Submit } from '../parts/Act.js';
import { Refusal } from '../parts/Refusal.js';
import { SelectField, TextField } from '../parts/TextField.js';
import { toInstant } from '../relief-stock/moving/moving.rules.js';
import { numberIn } from './figures.rules.js';

const EMPTY = { partnerId: '', itemId: '', units: '', until: '', note: '' };

/** What a partner told on the telephone: who, what, how much, until when. */
export function OfferForm({ society, done }: { society: SocietyDto; done: () => void }) {
  const [draft, setDraft] = useState(EMPTY);
  const { busy, problem, send } = useCommand();
  useLocale();
  const items = useRows('item').toSorted((a, b) => a.code.localeCompare(b.code));
  const partners = useLive(
    ['society'],
    (store) =>
      store
        .rows('society')
        .filter(({ id, level }) => level !== 'township' && !isBelow(store, id, society.id))
        .sort(
          (a, b) => Number(b.level === 'partner') - Number(a.level === 'partner') || a.adcode.localeCompare(b.adcode),
        ),
    [society.id],
  );
  const set = (key: keyof typeof EMPTY) => (value: string) => setDraft((held) => ({ ...held, [key]: value }));
  const units = numberIn(draft.units, 1, 10_000_000);
  const isWhole = draft.partnerId !== '' && draft.itemId !== '' && units !== null && draft.until !== '';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { partnerId, itemId, until, note } = draft;
    const body = { societyId: society.id, partnerId, itemId, units, untilAt: toInstant(until), note };
    if (!(await send('/structure/offers', body))) return;
    setDraft(EMPTY);
    done();
  };
  return (
    <form className="structure-form" onSubmit={(event) => void submit(event)}>
      <h2>{t('structure.enter-offer')}</h2>
      <SelectField label={t('structure.offer-partner')} required value={draft.partnerId} set={set('partnerId')} none={t('form.choose')} options={partners.map(({ id, name }) => ({ value: id, words: name }))} />
      <SelectField label={t('structure.column.item')} required value={draft.itemId} set={set('itemId')} none={t('form.choose')} options={items.map((item) => ({ value: item.id, words: named(item) }))} />
      <TextField label={t('structure.offer-units')} type="units" value={draft.units} set={set('units')} required />
      <TextField label={t('structure.offer-until-at')} type="datetime-local" value={draft.until} set={set('until')} required />
      <TextField label={t('structure.offer-note')} value={draft.note} set={set('note')} />
      <Refusal problem={problem} />
      <Submit label={t('structure.enter-offer')} look="primary" busy={busy} lacks={isWhole ? null : t('structure.lacks.offer')} />
    </form>
  ); // prettier-ignore
}
