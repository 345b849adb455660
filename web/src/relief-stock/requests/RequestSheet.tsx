import type { RequestDto, RequestLineDto } from '../../../../src/relief-stock/requests/requests.dto.js';
import { useSession } from '../../access/session.js';
import { useFetched } from '../../api/use-fetched.js';
import { count, stamp } from '../../i18n/format.js';
import { named, t } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { Refusal } from '../../parts/Refusal.js';
import { AnswerForm } from './AnswerForm.js';
import { QuantityBar } from './QuantityBar.js';
import { deskActs, type Grant } from './request-acts.rules.js';
import { ReasonAct } from './ReasonAct.js';
import { useChanged } from './use-changed.js';

const societyName = (id: string | null) => live.store.row('society', id)?.shortName ?? '';

/** One request: how far each line has come, whose desks it passed, what was promised, and what one may do about it. */
export function RequestSheet({ id, base }: { id: string; base: string }) {
  const changed = useChanged('stock-request');
  const { data: request, problem, reload } = useFetched<RequestDto>(`/stock/requests/${id}`, changed);
  if (!request) return <Refusal problem={problem} />;
  return (
    <article className="requests request-sheet" aria-labelledby="request-title" tabIndex={0}>
      <header>
        <a className="button bare" href={`#/${base}`}>
          <span aria-hidden="true">‹</span> {t('request.back')}
        </a>
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
  const at = `/stock/requests/${request.id}`;
  const { version } = request;
  return (
    <div className="request-acts">
      {acts.answer.length > 0 && <AnswerForm request={request} societyIds={acts.answer} done={reload} />}
      {acts.desk && (
        <>
          <ReasonAct words="pass-up" path={`${at}/pass-up`} body={{ version, societyId: acts.desk }} done={reload} />
          <ReasonAct words="decline" path={`${at}/decline`} body={{ version, societyId: acts.desk }} done={reload} />
        </>
      )}
      {acts.own && (
        <>
          <ReasonAct words="withdraw" path={`${at}/withdraw`} body={{ version }} done={reload} />
          <ReasonAct words="close" path={`${at}/close`} body={{ version }} done={reload} />
        </>
      )}
    </div>
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
                {named(item)} <b className="numeric">{count(one.units)}</b> {item?.unit}
              </span>
              <small className="quiet">
                {one.byName} · {stamp(one.committedAt)} · {t('request.pending', { units: count(one.pendingUnits) })}
              </small>
              {may && (
                <ReasonAct
                  words="take-back"
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
