import type { TransferDetailDto } from '../../../../src/relief-stock/moving/transfer.dto.js';
import { useFetched } from '../../api/use-fetched.js';
import { useDraft } from '../../app/drafts.js';
import { count, stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { Since } from '../../parts/Since.js';
import { pickList } from '../order.rules.js';
import { PickList } from '../PickList.js';
import { Act, ReasonAct } from '../../parts/Act.js';
import { InquiryPanel } from './InquiryPanel.js';
import { LoadForm } from './LoadForm.js';
import { BackTo } from '../parts/PaperList.js';
import { KEEPS, useDutyOf, useRoleAt } from '../parts/who.js';
import { useActs, useSettled } from '../outbox/outbox.js';
import { withSteps } from '../outbox/overlay.rules.js';
import { StockStep } from '../outbox/StockStep.js';
import { transferToDo } from './to-do.js';
import { inTenths, KG, M3, SIGNS, turnOf } from './moving.rules.js';
import { ReceiveLots } from './ReceiveLots.js';
import { Signatures } from './Signatures.js';
import { GoodsTable } from './GoodsTable.js';
import { useChanged } from '../../live/use-changed.js';

const NO_PICKS: { done: string[] } = { done: [] };
type Props = { id: string; warehouseId: string };

/** One transfer as its side sees it: where it stands, the next act, the goods. */
export function TransferSheet({ id, warehouseId }: Props) {
  const changed = useChanged('stock-transfer', 'stock-inquiry');
  const { data, problem, reload } = useFetched<TransferDetailDto>(
    `/stock/transfers/${id}`,
    `${changed} ${useSettled()}`,
  );
  const acts = useActs();
  const transfer = data && withSteps(data, acts);
  const picks = useDraft(`pick.${id}`, NO_PICKS);
  if (!transfer) return problem ? <Refusal problem={problem} /> : <Loading />;
  const picking = ['ordered', 'picking'].includes(transfer.status);
  const bins = picking ? pickList(transfer.goods) : [];
  const left = bins.reduce((sum, bin) => sum + bin.picks.length, 0) - picks.values.done.length;
  return (
    <article className="page" aria-labelledby="transfer-title">
      <BackTo href="#/keeper/transfers" />
      <Head transfer={transfer} />
      <NextAct transfer={transfer} warehouseId={warehouseId} left={left} done={reload} />
      {picking && (
        <PickList
          warehouseId={transfer.from.id}
          bins={bins}
          done={picks.values.done}
          toggle={
            transfer.status === 'picking' && transfer.from.id === warehouseId ? (done) => picks.change({ done }) : null
          }
        />
      )}
      {!picking && transfer.status !== 'arrived' && <GoodsTable goods={transfer.goods} />}
      {transfer.inquiryId && <InquiryPanel id={transfer.inquiryId} warehouseId={warehouseId} />}
      <Signatures of={transfer.signatures} />
    </article>
  );
}

function Head({ transfer }: { transfer: TransferDetailDto }) {
  const { from, to, driverName, driverPhone, vehicle } = transfer;
  return (
    <header>
      <h2 id="transfer-title">
        <span aria-hidden="true">{SIGNS[transfer.status]}</span> {t(`transfer.${transfer.status}`)}{' '}
        <Since at={transfer.statusSince} />
      </h2>
      <p>
        <b>{transfer.number}</b> · {from.name} → {to.name}
      </p>
      <p className="quiet numeric">
        {t('moving.size', { lines: transfer.lines, units: count(transfer.units) })} ·{' '}
        {t('moving.load-of', {
          kg: count(inTenths(transfer.weightG, KG)),
          m3: count(inTenths(transfer.volumeCm3, M3)),
        })}{' '}
        · {t('moving.expected', { at: stamp(transfer.plannedArrivalAt) })}
        {transfer.keepsOwner && ` · ${t('moving.keeps-owner')}`}
      </p>
      {transfer.note && <p>{transfer.note}</p>}
      {transfer.reason && <p className="notice">{transfer.reason}</p>}
      {vehicle && (
        <p>
          {vehicle} {driverName} {driverPhone && <a href={`tel:${driverPhone}`}>{driverPhone}</a>}
        </p>
      )}
    </header>
  );
}

type ActProps = { transfer: TransferDetailDto; warehouseId: string; left: number; done: () => void };

/** What this side can do now, or whose turn it is. */
function NextAct({ transfer, warehouseId, left, done }: ActProps) {
  const duty = useDutyOf(transfer.from.id);
  const keeps = useRoleAt(warehouseId, KEEPS);
  const { id, version, status, number } = transfer;
  const step = (name: string, may = true) => ({
    path: `/stock/transfers/${id}/${name}`, body: { version }, label: t(`moving.act.${name}`), said: t(`moving.said.${name}`, { number }),
    done, blocked: may ? null : t('keeper.only-keeper'),
  }); // prettier-ignore
  const kept = (name: 'pick' | 'depart' | 'arrive') => {
    const { label, said, blocked } = step(name, keeps);
    return { label, said, blocked, done, todo: transferToDo(transfer, `transfer-${name}`) };
  };
  const giving = transfer.from.id === warehouseId;
  const turn = turnOf(status, giving);
  return (
    <>
      {turn !== 'own' && <p className="notice">{t(`moving.turn.${turn}`)}</p>}
      {status === 'draft' && giving && <Act {...step('order')} blocked={duty ? null : t('keeper.only-duty')} />}
      {giving && status === 'ordered' && <StockStep {...kept('pick')} />}
      {giving && status === 'picking' && <LoadForm transfer={transfer} left={left} done={done} />}
      {giving && status === 'loaded' && <StockStep {...kept('depart')} />}
      {!giving && status === 'departed' && <StockStep {...kept('arrive')} />}
      {!giving && status === 'arrived' && <ReceiveLots transfer={transfer} done={done} />}
      {(giving || duty) && ['received', 'received-with-differences'].includes(status) && <Act {...step('close')} />}
      {(giving || duty) && ['draft', 'ordered', 'picking', 'loaded'].includes(status) && (
        <ReasonAct {...step('cancel')} />
      )}
      {giving && ['departed', 'arrived'].includes(status) && <ReasonAct {...step('return')} />}
      {duty && ['departed', 'arrived'].includes(status) && <ReasonAct {...step('lose')} />}
    </>
  );
}
