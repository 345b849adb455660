import { useState } from 'react';
import type { FormEvent } from 'react';
import type { CellDto } from '../../../../src/relief-stock/changing/adjustment.dto.js';
import type { ConversionDto, KitDto } from '../../../../src/relief-stock/changing/kit.dto.js';
import { query } from '../../api/http.js';
import { newId } from '../../api/ids.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { count, stamp } from '../../i18n/format.js';
import { named, t, unitOf } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { useRow } from '../../live/hooks.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';
import { Submit } from '../../parts/Act.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { BinField } from '../parts/BinField.js';
import { CellMarks, freeOf, useCells } from '../parts/cells.js';
import { PaperRow, WorkNav } from '../parts/PaperList.js';
import { Reversal } from '../parts/Reversal.js';
import './changing.css';
import { DefineKit } from './DefineKit.js';
import { PacksPage } from './PacksPage.js';

const PAGES = ['', 'define', 'packs'] as const;

/** Kits: what they consist of, making them, opening them whole; and the packs that goods are counted in. `#/keeper/kits[/define|/packs]` */
export default function KitsPage({ warehouseId, parts }: { warehouseId: string; parts: readonly string[] }) {
  const kits = useFetched<{ items: KitDto[] }>('/kits');
  const open = parts[0] ?? '';
  const known = kits.data?.items ?? [];
  return (
    <div className="page">
      <WorkNav
        label={t('work.kits')}
        base="keeper/kits"
        open={open}
        pages={PAGES.map((key) => ({ key, words: t(`kits.page-${key || 'make'}`) }))}
      />
      {open === 'define' && <DefineKit kits={known} done={kits.reload} />}
      {open === 'packs' && <PacksPage />}
      {open === '' && <MakeKits kits={kits.data?.items} warehouseId={warehouseId} />}
    </div>
  );
}

function MakeKits({ kits, warehouseId }: { kits: KitDto[] | undefined; warehouseId: string }) {
  const [kitId, choose] = useState('');
  const kit = kits?.find(({ itemId }) => itemId === kitId);
  return (
    <>
      {kits?.length === 0 ? (
        <p className="empty">{t('kits.none')}</p>
      ) : (
        <SelectField
          label={t('kits.kit')}
          required
          value={kitId}
          set={choose}
          none={t('form.choose')}
          options={(kits ?? []).map(({ itemId }) => ({ value: itemId, words: named(live.store.row('item', itemId)) }))}
        />
      )}
      {kit && <Assemble key={kit.itemId} kit={kit} warehouseId={warehouseId} />}
      {kit && <MadeKits kit={kit} warehouseId={warehouseId} />}
      <Conversions warehouseId={warehouseId} />
    </>
  );
}

const isUnits = (text: string): boolean => /^[1-9]\d{0,7}$/.test(text);

function Assemble({ kit, warehouseId }: { kit: KitDto; warehouseId: string }) {
  const [kits, setKits] = useState('');
  const [binId, setBin] = useState('');
  const [id, setId] = useState(newId);
  const { busy, problem, send } = useCommand();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { kind: 'assemble', id, warehouseId, kitItemId: kit.itemId, binId, kits: Number(kits) };
    const made = await send<ConversionDto>('/stock/conversions', body);
    if (!made) return;
    setKits('');
    setId(newId());
    say(t('kits.said-assembled', { number: made.number, kits: count(made.kits), lots: count(made.lots.length) }));
  };
  return (
    <form className="receipt-line" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{t('kits.assemble')}</h2>
      <ul className="paper-list">
        {kit.parts.map((part) => (
          <PartRow key={part.itemId} part={part} warehouseId={warehouseId} kits={isUnits(kits) ? Number(kits) : 1} />
        ))}
      </ul>
      <div className="form-grid">
        <TextField label={t('kits.count')} type="units" required value={kits} set={setKits} />
        <BinField warehouseId={warehouseId} value={binId} set={setBin} required />
      </div>
      <Refusal problem={problem} />
      <Submit
        label={t('kits.assemble')}
        busy={busy}
        lacks={isUnits(kits) && binId !== '' ? null : t('form.incomplete')}
      />
    </form>
  );
}

/** What a part needs and what is there: the shortest part says how many kits can be made. */
function PartRow({ part, warehouseId, kits }: { part: KitDto['parts'][number]; warehouseId: string; kits: number }) {
  const item = useRow('item', part.itemId);
  const free = (useCells(warehouseId, { itemId: part.itemId }).data?.items ?? [])
    .filter(({ condition, lotState }) => condition === 'good' && lotState === 'good')
    .reduce((sum, cell) => sum + freeOf(cell), 0);
  const needed = part.units * kits;
  return (
    <li>
      <b>{named(item)}</b> {t('kits.needed', { units: count(needed), unit: unitOf(item) })}{' '}
      <span className={free < needed ? 'expired' : 'quiet'}>{t('kits.free', { units: count(free) })}</span>
    </li>
  );
}

function MadeKits({ kit, warehouseId }: { kit: KitDto; warehouseId: string }) {
  const cells = useCells(warehouseId, { itemId: kit.itemId }).data?.items ?? [];
  if (cells.length === 0) return null;
  return (
    <section aria-label={t('kits.made')}>
      <h2>{t('kits.made')}</h2>
      <ul className="paper-list">
        {cells.map((cell) => (
          <li key={cell.id}>
            <Unpack cell={cell} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Unpack({ cell }: { cell: CellDto }) {
  const [kits, setKits] = useState('');
  const { busy, problem, send } = useCommand();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { kind: 'unpack', warehouseId: cell.warehouseId, cellId: cell.id, kits: Number(kits) };
    const opened = await send<ConversionDto>('/stock/conversions', body);
    if (!opened) return;
    setKits('');
    say(t('kits.said-unpacked', { number: opened.number, kits: count(opened.kits) }));
  };
  return (
    <form className="unpack" onSubmit={(event) => void submit(event)} noValidate>
      <span>
        <b>{cell.lotCode}</b> · {cell.binCode} <CellMarks cell={cell} />
      </span>
      <b className="numeric">{count(freeOf(cell))}</b>
      <input
        className="input"
        inputMode="numeric"
        maxLength={8}
        aria-label={`${t('kits.count')} ${cell.lotCode}`}
        value={kits}
        onChange={(event) => setKits(event.target.value)}
      />
      <button type="submit" className="button" disabled={busy || !isUnits(kits)}>
        {t('kits.unpack')}
      </button>
      <Refusal problem={problem} />
    </form>
  );
}

function Conversions({ warehouseId }: { warehouseId: string }) {
  const { data, reload } = useFetched<{ items: ConversionDto[] }>(
    `/stock/conversions${query({ warehouseId, limit: 20 })}`,
  );
  if (!data || data.items.length === 0) return null;
  return (
    <section aria-label={t('kits.papers')}>
      <h2>{t('kits.papers')}</h2>
      <ul className="papers">
        {data.items.map((paper) => (
          <li key={paper.id}>
            <PaperRow
              title={`${paper.number} ${t(`kits.${paper.kind}`)}`}
              aside={`${named(live.store.row('item', paper.kitItemId))} × ${count(paper.kits)}`}
              detail={`${stamp(paper.receivedAt)} · ${paper.postedBy}`}
            >
              <Reversal documentId={paper.id} warehouseId={warehouseId} reversal={paper.reversal} done={reload} />
            </PaperRow>
          </li>
        ))}
      </ul>
    </section>
  );
}
