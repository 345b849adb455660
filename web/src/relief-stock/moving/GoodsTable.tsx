import { count } from '../../i18n/format.js';
import { named, t, unitOf } from '../../i18n/i18n.js';
import { useRows } from '../../live/hooks.js';
import { live } from '../../live/live.js';
import { Expiry } from '../Expiry.js';

type Lot = { lotId: string; lotCode: string; expiresOn: string | null; binCode: string; units: number };
type Counted = Lot & {
  acceptedUnits?: number | null;
  damagedUnits?: number | null;
  missingUnits?: number | null;
  putInBin?: string | null;
  damagedTo?: 'bin' | 'disposal' | null;
  reason?: string | null;
};
type Line = { id: string; line: number; itemId: string; units: number; lots: Counted[] };

/** Lines with their lots; what the receiver found stands under the lot that differs, in words. */
export function GoodsTable({ goods }: { goods: readonly Line[] }) {
  useRows('item');
  return (
    <table className="keeper-table moving-goods">
      <thead>
        <tr>
          <th scope="col">{t('keeper.item')}</th>
          <th scope="col">{t('moving.units')}</th>
        </tr>
      </thead>
      <tbody className="numeric">
        {goods.map((line) => (
          <tr key={line.id}>
            <th scope="row">
              {named(live.store.row('item', line.itemId))}
              {line.lots.map((lot) => (
                <LotWords key={`${lot.lotId}/${lot.binCode}`} lot={lot} />
              ))}
            </th>
            <td>
              {count(line.units)} <small>{unitOf(live.store.row('item', line.itemId))}</small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function LotWords({ lot }: { lot: Counted }) {
  const { damagedUnits, missingUnits, damagedTo, reason } = lot;
  return (
    <small className="moving-lot">
      {t('keeper.lot', { lot: lot.lotCode })} · {lot.binCode}
      {lot.putInBin && ` → ${lot.putInBin}`} · {count(lot.units)}
      {lot.expiresOn && (
        <>
          {' · '}
          <Expiry on={lot.expiresOn} />
        </>
      )}
      {Boolean(damagedUnits || missingUnits) && (
        <b className="moving-differs">
          <span aria-hidden="true">≠</span> {t('moving.good', { units: count(lot.acceptedUnits ?? 0) })}
          {Boolean(damagedUnits) &&
            ` · ${t(`moving.damaged-${damagedTo ?? 'bin'}`, { units: count(damagedUnits ?? 0) })}`}
          {Boolean(missingUnits) && ` · ${t('moving.missing', { units: count(missingUnits ?? 0) })}`} · {reason}
        </b>
      )}
    </small>
  );
}
