import type { FormEvent } from 'react';
import type { TransferDetailDto, TransferLotDto } from '../../../../src/relief-stock/moving/transfer.dto.js';
import type { BinDto } from '../../../../src/relief-stock/relief-stock.dto.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { useDraft } from '../../app/drafts.js';
import { count } from '../../i18n/format.js';
import { named, t } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { Field } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';
import { Expiry } from '../Expiry.js';
import { differs, gapOf, isOpen, type LotCount, PARTS, receiveBody, wholeLot, withPart } from './moving.rules.js';

const EMPTY: { counts: Record<string, LotCount>; binId: string } = { counts: {}, binId: '' };
const figure = (text: string): number => Math.max(0, Math.trunc(Number(text) || 0));

/** Counts a load in, lot by lot: whole by default, so only what is damaged or missing is typed, and why. */
export function ReceiveLots({ transfer, done }: { transfer: TransferDetailDto; done: () => void }) {
  const { values, change, discard } = useDraft(`receive.${transfer.id}`, EMPTY);
  const { busy, problem, send } = useCommand();
  const bins = useFetched<{ items: BinDto[] }>(`/warehouses/${transfer.to.id}/bins`);
  const lots = transfer.goods.flatMap((line) => line.lots.map((lot) => ({ ...lot, itemId: line.itemId })));
  const countOf = (lot: TransferLotDto) => values.counts[lot.id] ?? wholeLot(lot.units);
  const open = lots.filter((lot) => isOpen(countOf(lot), lot.units)).length;
  const sum = (part: (typeof PARTS)[number]) => count(lots.reduce((total, lot) => total + countOf(lot)[part], 0));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (
      !(await send(`/stock/transfers/${transfer.id}/receive`, receiveBody(transfer, lots, values.counts, values.binId)))
    )
      return;
    discard();
    say(t('moving.said.receive', { number: transfer.number }));
    done();
  };
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)}>
      <h3>{t('moving.receive-title')}</h3>
      <Field label={t('keeper.put-in-bin')}>
        <select className="input" value={values.binId} onChange={(event) => change({ binId: event.target.value })}>
          <option value="">{t('keeper.any-bin')}</option>
          {bins.data?.items.map((bin) => (
            <option key={bin.id} value={bin.id}>
              {bin.code}
            </option>
          ))}
        </select>
      </Field>
      <ul className="moving-count">
        {lots.map((lot) => (
          <li key={lot.id}>
            <LotRow
              lot={lot}
              held={countOf(lot)}
              set={(held) => change({ counts: { ...values.counts, [lot.id]: held } })}
            />
          </li>
        ))}
      </ul>
      <p className="numeric" role="status">
        {t('moving.sums', { good: sum('acceptedUnits'), damaged: sum('damagedUnits'), missing: sum('missingUnits') })}
      </p>
      <Refusal problem={problem} />
      <button type="submit" className="button primary huge" disabled={busy || open > 0}>
        {open > 0 ? t('moving.count-open', { count: open }) : t('moving.act.receive')}
      </button>
    </form>
  );
}

type RowProps = { lot: TransferLotDto & { itemId: string }; held: LotCount; set: (held: LotCount) => void };

function LotRow({ lot, held, set }: RowProps) {
  const item = live.store.row('item', lot.itemId);
  const gap = gapOf(held, lot.units);
  return (
    <div className="moving-lot-row">
      <p>
        <b>{named(item)}</b>{' '}
        <span className="quiet">
          {t('keeper.lot', { lot: lot.lotCode })} · {count(lot.units)} {item?.unit}
          {lot.expiresOn && (
            <>
              {' · '}
              <Expiry on={lot.expiresOn} />
            </>
          )}
        </span>
      </p>
      {PARTS.map((part) => (
        <label key={part}>
          <span className="quiet">{t(`moving.${part}`)}</span>
          <input
            className="input numeric"
            inputMode="numeric"
            aria-invalid={gap !== 0}
            value={held[part]}
            onFocus={(event) => event.target.select()}
            onChange={(event) => set(withPart(held, part, figure(event.target.value), lot.units))}
          />
        </label>
      ))}
      {differs(held) && (
        <label className="moving-why">
          <span className="quiet">{t('moving.why')} *</span>
          <input
            className="input"
            maxLength={400}
            value={held.reason}
            onChange={(event) => set({ ...held, reason: event.target.value })}
          />
        </label>
      )}
      {held.damagedUnits > 0 && (
        <label className="moving-flag">
          <input
            type="checkbox"
            checked={held.damagedTo === 'disposal'}
            onChange={(event) => set({ ...held, damagedTo: event.target.checked ? 'disposal' : 'bin' })}
          />
          <span>{t('moving.beyond-use')}</span>
        </label>
      )}
      {gap !== 0 && (
        <p className="field-fault" role="alert">
          {t(gap > 0 ? 'moving.short' : 'moving.over', { units: count(Math.abs(gap)) })}
        </p>
      )}
    </div>
  );
}
