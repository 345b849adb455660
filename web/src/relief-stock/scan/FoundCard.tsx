import { at } from '../../app/world.js';
import type { ReactNode } from 'react';
import type { Found } from '../../../../src/relief-stock/codes/codes.dto.js';
import type { CellDto } from '../../../../src/relief-stock/changing/adjustment.dto.js';
import type { StockLevelDto } from '../../../../src/relief-stock/relief-stock.dto.js';
import { useFetched } from '../../api/use-fetched.js';
import { count, stamp } from '../../i18n/format.js';
import { hasMessage, named, t, unitOf } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { PrintLink } from '../../parts/PrintLink.js';
import { Refusal } from '../../parts/Refusal.js';
import { Expiry } from '../Expiry.js';
import { useOwnWarehouses } from '../warehouses.js';
import { actsOf, labelOf, paperOf, stockPathOf } from './scan.rules.js';

/** One thing that a code names: what it is, where, how much, and the works to go on with. */
export function FoundCard({ found, children }: { found: Found; children?: ReactNode }) {
  const own = useOwnWarehouses().map(({ id }) => id);
  const paper = paperOf(found);
  const stockPath = stockPathOf(found);
  const label = labelOf(found);
  const house = found.warehouseId ? live.store.row('warehouse', found.warehouseId) : undefined;
  // A bin is called by its code; what it has of a name is its warehouse, which stands below.
  const title = found.kind === 'bin' ? found.code : found.item ? named(found.item) : found.name;
  return (
    <section className="scan-card" aria-label={found.code}>
      <p className="quiet">{t(`scan.kind.${found.kind}`)}</p>
      <h2>{title}</h2>
      {title !== found.code && <p className="scan-code">{found.code}</p>}
      {house && <p>{named(house)}</p>}
      {found.lot && (
        <p>
          {t('scan.lot', { lot: found.lot.code })} {found.lot.expiresOn && <Expiry on={found.lot.expiresOn} />}
          {found.lot.state !== 'good' && <b className="scan-bad"> {t(`scan.lot-state.${found.lot.state}`)}</b>}
        </p>
      )}
      {paper && <PaperFacts read={paper.read} kind={found.kind} />}
      {stockPath && (found.kind === 'bin' ? <BinGoods path={stockPath} /> : <Levels path={stockPath} unit={unitOf(found.item)} />)}
      {children}
      <nav className="scan-acts" aria-label={t('scan.acts')}>
        {actsOf(found, own).map(({ key, href }) => (
          <a key={key} className="button primary" href={href}>
            {t(`scan.act.${key}`)}
          </a>
        ))}
        {paper && <PrintLink href={at(paper.form)}>{t('scan.act.print')}</PrintLink>}
        {label && <PrintLink href={at(label)}>{t('scan.act.label')}</PrintLink>}
      </nav>
    </section>
  );
} // prettier-ignore

type Paper = { status?: string; statusSince?: string; number?: string; lines?: unknown; units?: number; from?: { name: string }; to?: { name: string } }; // prettier-ignore

function PaperFacts({ read, kind }: { read: string; kind: string }) {
  const { data, problem } = useFetched<Paper>(read);
  const status = `scan.status.${kind}.${data?.status}`;
  return (
    <>
      <Refusal problem={problem} />
      {data?.from && data.to && <p>{t('scan.from-to', { from: data.from.name, to: data.to.name })}</p>}
      {data?.status && (
        <p>
          <b>{hasMessage(status) ? t(status) : data.status}</b>{' '}
          {data.statusSince && <small className="quiet">{stamp(data.statusSince)}</small>}
        </p>
      )}
      {typeof data?.units === 'number' && <p className="quiet">{t('scan.units', { count: count(data.units) })}</p>}
    </>
  );
}

function Levels({ path, unit }: { path: string; unit: string | undefined }) {
  const { data, problem } = useFetched<{ items: StockLevelDto[] }>(path);
  const rows = (data?.items ?? []).filter(({ onHandUnits }) => onHandUnits > 0);
  return (
    <>
      <Refusal problem={problem} />
      {data && rows.length === 0 && <p className="empty">{t('scan.none-on-hand')}</p>}
      {rows.length > 0 && (
        <table className="scan-stock">
          <thead>
            <tr>
              <th scope="col">{t('scan.where')}</th>
              <th scope="col">{t('scan.on-hand')}</th>
              <th scope="col">{t('scan.available')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((level) => (
              <tr key={level.id}>
                <th scope="row">{named(live.store.row('warehouse', level.warehouseId))}</th>
                <td>
                  {count(level.onHandUnits)} {unit}
                </td>
                <td>{count(level.availableUnits)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function BinGoods({ path }: { path: string }) {
  const { data, problem } = useFetched<{ items: CellDto[] }>(path);
  return (
    <>
      <Refusal problem={problem} />
      {data?.items.length === 0 && <p className="empty">{t('scan.none-on-hand')}</p>}
      <ul className="scan-goods">
        {(data?.items ?? []).map((goods) => {
          const item = live.store.row('item', goods.itemId);
          return (
            <li key={goods.id}>
              <span>
                {named(item)} <small className="quiet">{goods.lotCode}</small>{' '}
                {goods.expiresOn && <Expiry on={goods.expiresOn} />}
              </span>
              <b>
                {count(goods.onHandUnits)} {unitOf(item)}
              </b>
            </li>
          );
        })}
      </ul>
    </>
  );
}
