import { useState } from 'react';
import type { FormEvent } from 'react';
import type { CellDto } from '../../../../src/relief-stock/changing/adjustment.dto.js';
import type { ConversionDto, KitDto } from '../../../../src/relief-stock/changing/kit.dto.js';
import { query } from '../../api/http.js';
import { newId } from '../../api/ids.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { count, stamp } from '../../i18n/format.js';
import { named, t } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { useRow } from '../../live/hooks.js';
import { Field } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';
import { BinChoice, CellMarks, useCells } from './cells.js';
import './changing.css';
import { DefineKit } from './DefineKit.js';
import { ReasonAct } from './ReasonAct.js';

/** Kits: what they consist of, making them, opening them whole. `#/keeper/kits[/define]` */
export default function KitsPage({ warehouseId, parts }: { warehouseId: string; parts: readonly string[] }) {
  const kits = useFetched<{ items: KitDto[] }>('/kits');
  const [kitId, choose] = useState('');
  const known = kits.data?.items ?? [];
  if (parts[0] === 'define') return <DefineKit kits={known} done={kits.reload} />;
  const kit = known.find(({ itemId }) => itemId === kitId);
  return (
    <div className="order-sheet">
      <Field label={t('kits.kit')} required>
        <select className="input" value={kitId} onChange={(event) => choose(event.target.value)}>
          <option value="">{t('changing.choose')}</option>
          {known.map(({ itemId }) => (
            <option key={itemId} value={itemId}>
              {named(live.store.row('item', itemId))}
            </option>
          ))}
        </select>
      </Field>
      <p>
        <a className="button" href="#/keeper/kits/define">
          {t('kits.define')}
        </a>
      </p>
      {kit && <Assemble key={kit.itemId} kit={kit} warehouseId={warehouseId} />}
      {kit && <MadeKits kit={kit} warehouseId={warehouseId} />}
      <Conversions warehouseId={warehouseId} />
    </div>
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
        <Field label={t('kits.count')} required>
          <input
            className="input"
            inputMode="numeric"
            maxLength={8}
            value={kits}
            onChange={(event) => setKits(event.target.value)}
          />
        </Field>
        <BinChoice label={t('keeper.put-in-bin')} warehouseId={warehouseId} binId={binId} choose={setBin} />
      </div>
      <Refusal problem={problem} />
      <button type="submit" className="button primary huge" disabled={busy || !isUnits(kits) || binId === ''}>
        {t('kits.assemble')}
      </button>
    </form>
  );
}

/** What a part needs and what is there: the shortest part says how many kits can be made. */
function PartRow({ part, warehouseId, kits }: { part: KitDto['parts'][number]; warehouseId: string; kits: number }) {
  const item = useRow('item', part.itemId);
  const free = useCells(warehouseId, part.itemId)
    .filter(({ condition, lotState }) => condition === 'good' && lotState === 'good')
    .reduce((sum, cell) => sum + cell.onHandUnits - cell.reservedUnits, 0);
  const needed = part.units * kits;
  return (
    <li>
      <b>{named(item)}</b> {t('kits.needed', { units: count(needed), unit: item?.unit })}{' '}
      <span className={free < needed ? 'expired' : 'quiet'}>{t('kits.free', { units: count(free) })}</span>
    </li>
  );
}

function MadeKits({ kit, warehouseId }: { kit: KitDto; warehouseId: string }) {
  const cells = useCells(warehouseId, kit.itemId);
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
      <b className="numeric">{count(cell.onHandUnits - cell.reservedUnits)}</b>
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
      <ul className="paper-list">
        {data.items.map((paper) => (
          <li key={paper.id}>
            <b>{paper.number}</b> {t(`kits.${paper.kind}`)} {named(live.store.row('item', paper.kitItemId))} ×{' '}
            {count(paper.kits)}
            <small className="quiet">
              {' '}
              {stamp(paper.receivedAt)} · {paper.postedBy}
            </small>
            {paper.reversal ? (
              <span className="expired">
                {' '}
                {t(`adjustments.reversal.${paper.reversal.status}`, { number: paper.reversal.number })}
              </span>
            ) : (
              <ReasonAct
                label={t('changing.reverse')}
                path="/stock/reversals"
                body={{ documentId: paper.id }}
                done={reload}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
