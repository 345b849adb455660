import type { RequestDto, RequestLineDto } from '../../../../src/relief-stock/requests/requests.dto.js';
import { useSession } from '../../access/session.js';
import { useFetched } from '../../api/use-fetched.js';
import { count, stamp } from '../../i18n/format.js';
import { named, t, unitOf } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { Refusal } from '../../parts/Refusal.js';
import { BackTo } from '../parts/PaperList.js';
import { AnswerForm } from './AnswerForm.js';
import { AskPartner } from './AskPartner.js';
import { SendPromised } from './SendPromised.js';
import { QuantityBar } from './QuantityBar.js';
import { deskActs, type Grant } from './request-acts.rules.js';
import { ReasonAct } from '../../parts/Act.js';
import { useChanged } from '../../live/use-changed.js';

const societyName = (id: string | null) => live.store.row('society', id)?.shortName ?? '';

/** One request: how far each line has come, whose desks it passed, what was promised, and what one may do about it. */
export function RequestSheet({ id, base }: { id: string; base: string }) {
  const changed = useChanged('stock-request');
  const { data: request, problem, reload } = useFetched<RequestDto>(`/stock/requests/${id}`, changed);
  if (!request) return <Refusal problem={problem} />;
  return (
    <article className="page request-sheet" aria-labelledby="request-title">
      <header>
        <BackTo href={`#/${base}`} />
        <h2 id="request-title">
          {request.number}{' '}
          <span className={`request-status status-${request.status}`}>{t(`request.status.${request.status}`)}</span>
        </h2>
        <p>
          <b>{societyName(request.societyId)}</b> · {request.place} ·{' '}
          {t('request.needed-by', { at: stamp(request.neededBy) })}
        </p>
        <p className="quiet">
          {t(request.origin === 'above' ? 'request.from-above' : 'request.asked-by', { name: request.requestedBy })} ·{' '}
          {purposeOf(request)}
          {request.note && ` · ${request.note}`}
        </p>
      </header>
      <ul className="request-lines">
        {request.lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ul>
      <Acts request={request} reload={reload} />
      <SendPromised request={request} done={reload} />
      <Promises request={request} reload={reload} />
      <History request={request} />
    </article>
  );
}

function purposeOf(request: RequestDto): string {
  const incident = live.store.row('incident', request.incidentId);
  return request.incidentId ? t('request.for-incident', { title: incident?.title ?? '' }) : t('request.for-stock');
}

function Line({ line }: { line: RequestLineDto }) {
  const item = live.store.row('item', line.itemId);
  return (
    <li>
      <p>
        <b>{named(item)}</b> <span className="quiet">{item?.code}</span>{' '}
        <span className={`request-status line-${line.state}`}>{t(`request.line.${line.state}`)}</span>
      </p>
      <QuantityBar line={line} />
    </li>
  );
}

function Acts({ request, reload }: { request: RequestDto; reload: () => void }) {
  const { actor } = useSession();
  const grants: Grant[] = actor?.grants ?? [];
  const acts = deskActs(request, grants);
  const step = (name: string, body: object = {}) => ({
    label: t(`request.act.${name}`), path: `/stock/requests/${request.id}/${name}`, body: { version: request.version, ...body },
    said: t(`request.said.${name}`), done: reload,
  }); // prettier-ignore
  const waits = request.status === 'open' && acts.desk === null && acts.answer.length === 0;
  return (
    <>
      {waits && !acts.own && <p className="notice">{t('request.not-yours')}</p>}
      {acts.answer.length > 0 && <AnswerForm request={request} societyIds={acts.answer} done={reload} />}
      <div className="request-acts">
        {acts.desk && (
          <>
            <ReasonAct {...step('pass-up', { societyId: acts.desk })} />
            <AskPartner request={request} deskId={acts.desk} done={reload} />
            <ReasonAct {...step('decline', { societyId: acts.desk })} />
          </>
        )}
        {acts.own && (
          <>
            <ReasonAct {...step('withdraw')} />
            <ReasonAct {...step('close')} />
          </>
        )}
      </div>
    </>
  );
}

function Promises({ request, reload }: { request: RequestDto; reload: () => void }) {
  const { actor } = useSession();
  const grants: Grant[] = actor?.grants ?? [];
  if (request.commitments.length === 0) return null;
  return (
    <section>
      <h3>{t('request.promises')}</h3>
      <ul className="request-history">
        {request.commitments.map((one) => {
          const line = request.lines.find(({ id }) => id === one.lineId);
          const item = live.store.row('item', line?.itemId);
          const may = one.pendingUnits > 0 && deskActs(request, grants).societyIds.includes(one.societyId);
          return (
            <li key={one.id}>
              <span>
                <b>{societyName(one.societyId)}</b> {named(live.store.row('warehouse', one.warehouseId))} ·{' '}
                {named(item)} <b className="numeric">{count(one.units)}</b> {unitOf(item)}
              </span>
              <small className="quiet">
                {one.byName} · {stamp(one.committedAt)} · {t('request.pending', { units: count(one.pendingUnits) })}
              </small>
              {may && (
                <ReasonAct
                  label={t('request.act.take-back')}
                  said={t('request.said.take-back')}
                  path={`/stock/requests/${request.id}/commitments/${one.id}/take-back`}
                  body={{ version: request.version }}
                  done={reload}
                />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function History({ request }: { request: RequestDto }) {
  return (
    <section>
      <h3>{t('request.history')}</h3>
      <ol className="request-history">
        {request.desks.map((desk) => (
          <li key={desk.societyId}>
            <span>
              <b>{societyName(desk.societyId)}</b>{' '}
              {t(`request.how.${desk.how}`, { from: societyName(desk.fromSocietyId) })}
            </span>
            <small className="quiet">
              {desk.byName} · {stamp(desk.sinceAt)}
              {desk.reason && ` · ${desk.reason}`}
            </small>
            {desk.outcome && (
              <small>
                {t(`request.outcome.${desk.outcome}`)} · {desk.doneBy} · {stamp(desk.doneAt!)} · {desk.doneReason}
              </small>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
