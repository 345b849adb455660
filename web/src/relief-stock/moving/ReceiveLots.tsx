import type { FormEvent } from 'react';
import type { TransferDetailDto, TransferLotDto } from '../../../../src/relief-stock/moving/transfer.dto.js';
import { useDraft } from '../../app/drafts.js';
import { count } from '../../i18n/format.js';
import { named, t, unitOf } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';
import { Expiry } from '../Expiry.js';
import { useStockAct } from '../outbox/use-act.js';
import { BinField } from '../parts/BinField.js';
import { CountParts } from '../parts/CountParts.js';
import { transferToDo } from './to-do.js';
import { isOpen, type LotCount, PARTS, receiveBody, wholeLot } from './moving.rules.js';

const EMPTY: { counts: Record<string, LotCount>; binId: string } = { counts: {}, binId: '' };

/** Counts a load in, lot by lot: whole by default, so only what is damaged or missing is typed, and why. */
export function ReceiveLots({ transfer, done }: { transfer: TransferDetailDto; done: () => void }) {
  const { values, change, discard } = useDraft(`receive.${transfer.id}`, EMPTY);
  const { busy, problem, act } = useStockAct();
  const lots = transfer.goods.flatMap((line) => line.lots.map((lot) => ({ ...lot, itemId: line.itemId })));
  const countOf = (lot: TransferLotDto) => values.counts[lot.id] ?? wholeLot(lot.units);
  const open = lots.filter((lot) => isOpen(countOf(lot), lot.units)).length;
  const sum = (part: (typeof PARTS)[number]) => count(lots.reduce((total, lot) => total + countOf(lot)[part], 0));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { version: _, ...told } = receiveBody(transfer, lots, values.counts, values.binId);
    const todo = transferToDo(transfer, 'transfer-receive', told);
    const answer = await act({ ...todo, draft: { name: `receive.${transfer.id}`, values } });
    if (answer === null) return;
    discard();
    if (answer !== 'kept') say(t('moving.said.receive', { number: transfer.number }));
    done();
  };
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)}>
      <h3>{t('moving.receive-title')}</h3>
      <BinField
        warehouseId={transfer.to.id}
        value={values.binId}
        set={(binId) => change({ binId })}
        none={t('keeper.any-bin')}
      />
      <ul className="moving-count">
        {lots.map((lot) => (
          <li key={lot.id}>
            <CountParts
              units={lot.units}
              held={countOf(lot)}
              set={(held) => change({ counts: { ...values.counts, [lot.id]: held } })}
              mayDispose
            >
              <LotName lot={lot} />
            </CountParts>
          </li>
        ))}
      </ul>
      <p className="numeric" role="status">
        {t('moving.sums', { good: sum('acceptedUnits'), damaged: sum('damagedUnits'), missing: sum('missingUnits') })}
      </p>
      <Refusal problem={problem} />
      <Submit
        label={t('moving.act.receive')}
        busy={busy}
        lacks={open > 0 ? t('moving.count-open', { count: open }) : null}
      />
    </form>
  );
}

function LotName({ lot }: { lot: TransferLotDto & { itemId: string } }) {
  const item = live.store.row('item', lot.itemId);
  return (
    <>
      <b>{named(item)}</b>{' '}
      <span className="quiet">
        {t('keeper.lot', { lot: lot.lotCode })} · {count(lot.units)} {unitOf(item)}
        {lot.expiresOn && (
          <>
            {' · '}
            <Expiry on={lot.expiresOn} />
          </>
        )}
      </span>
    </>
  );
}
