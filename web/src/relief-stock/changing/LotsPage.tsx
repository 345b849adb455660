import { useState } from 'react';
import type { LotTraceDto } from '../../../../src/relief-stock/changing/lot.dto.js';
import { LOT_EDGES, LOT_STEPS } from '../../../../src/relief-stock/changing/lot.rules.js';
import { useFetched } from '../../api/use-fetched.js';
import { go } from '../../app/routes.js';
import { at } from '../../app/world.js';
import { count, stamp } from '../../i18n/format.js';
import { named, t } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { PrintLink } from '../../parts/PrintLink.js';
import { ReasonAct } from '../../parts/Act.js';
import { CellChoice } from '../parts/cells.js';
import { BackTo } from '../parts/PaperList.js';
import './changing.css';

/** One lot as a whole: where it is, what it is in, who has it; set aside, recalled, released. `#/keeper/lots[/ID]` */
export default function LotsPage({ warehouseId, parts }: { warehouseId: string; parts: readonly string[] }) {
  const [itemId, chooseItem] = useState('');
  const [lotId] = parts;
  return (
    <div className="page">
      {lotId ? (
        <LotSheet key={lotId} id={lotId} />
      ) : (
        <CellChoice
          name="lot"
          warehouseId={warehouseId}
          itemId={itemId}
          chooseItem={chooseItem}
          cell={null}
          chooseCell={(cell) => go(`keeper/lots/${cell.lotId}`)}
        />
      )}
    </div>
  );
}

function LotSheet({ id }: { id: string }) {
  const { data: trace, problem, reload } = useFetched<LotTraceDto>(`/lots/${id}`);
  if (!trace) return problem ? <Refusal problem={problem} /> : <Loading />;
  const { lot } = trace;
  const steps = LOT_STEPS.filter((step) => (LOT_EDGES[step].from as readonly string[]).includes(lot.state));
  return (
    <article className="page">
      <BackTo href="#/keeper/lots" words={t('lots.others')} />
      <h2>
        {named(live.store.row('item', lot.itemId))} {t('keeper.lot', { lot: lot.code })}
      </h2>
      <p className={lot.state === 'good' ? 'notice good' : 'notice problem'} role="status">
        <b>{t(`changing.lot.${lot.state}`)}</b>
        {lot.state !== 'good' &&
          ` · ${lot.stateReason} · ${lot.stateBy} · ${lot.stateSince ? stamp(lot.stateSince) : ''}`}
      </p>
      <p className="work-nav">
        <PrintLink href={at(`/api/v1/stock/labels/lot.pdf?ids=${id}`)}>{t('keeper.print-label')}</PrintLink>
      </p>
      <div className="form-acts">
        {steps.map((step) => (
          <ReasonAct
            key={step}
            label={t(`lots.${step}`)}
            path={`/lots/${id}/${step}`}
            body={{ version: lot.version }}
            done={reload}
          />
        ))}
      </div>
      {trace.promised.length > 0 && lot.state !== 'good' && (
        <p className="notice warning">
          {t('lots.promised', {
            units: count(trace.promised.reduce((sum, one) => sum + one.units, 0)),
            lines: count(trace.promised.length),
          })}
        </p>
      )}
      <Where trace={trace} />
      <Kin title={t('lots.contained-in')} rows={trace.containedIn} />
      <Kin title={t('lots.contains')} rows={trace.contains} />
      <Delivered trace={trace} />
    </article>
  );
}

function Where({ trace }: { trace: LotTraceDto }) {
  const codes = new Map([trace.lot, ...trace.containedIn.map(({ lot }) => lot)].map((lot) => [lot.id, lot.code]));
  return (
    <section aria-label={t('lots.where')}>
      <h2>{t('lots.where')}</h2>
      <ul className="paper-list">
        {trace.where.map((one) => (
          <li key={`${one.warehouseId}/${one.lotId}/${one.condition}`}>
            <b>{one.warehouseName}</b> · {codes.get(one.lotId)} · {t(`changing.condition.${one.condition}`)} ·{' '}
            <b className="numeric">{count(one.onHandUnits)}</b>
            {one.reservedUnits > 0 && ` · ${t('keeper.reserved')} ${count(one.reservedUnits)}`}
            {one.transitUnits > 0 && ` · ${t('lots.transit')} ${count(one.transitUnits)}`}
            {one.keeperName && (
              <small className="quiet">
                {' '}
                {one.keeperName} {one.keeperPhone}
              </small>
            )}
          </li>
        ))}
      </ul>
      {trace.elsewhere > 0 && <p className="quiet">{t('lots.elsewhere', { count: trace.elsewhere })}</p>}
    </section>
  );
}

function Kin({ title, rows }: { title: string; rows: LotTraceDto['containedIn'] }) {
  if (rows.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul className="paper-list">
        {rows.map(({ lot, units }, n) => (
          <li key={`${lot.id}/${n}`}>
            <a href={`#/keeper/lots/${lot.id}`}>
              <b>{named(live.store.row('item', lot.itemId))}</b> {lot.code} ·{' '}
              {t('lots.units-per-kit', { units: count(units) })} · {t(`changing.lot.${lot.state}`)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Delivered({ trace }: { trace: LotTraceDto }) {
  if (trace.delivered.length === 0) return null;
  return (
    <section aria-label={t('lots.delivered')}>
      <h2>{t('lots.delivered')}</h2>
      <ul className="paper-list">
        {trace.delivered.map((one) => (
          <li key={`${one.deliveryId}/${one.lotId}`}>
            {one.recipient} · <b className="numeric">{count(one.units)}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}
