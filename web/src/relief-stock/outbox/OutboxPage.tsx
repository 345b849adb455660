import { type FormEvent, Fragment, useState } from 'react';
import { useSession } from '../../access/session.js';
import type { MovementDto } from '../../../../src/relief-stock/relief-stock.dto.js';
import { problemOf, type ProblemError, query } from '../../api/http.js';
import { useFetched } from '../../api/use-fetched.js';
import { writeDraft } from '../../app/drafts.js';
import { go } from '../../app/routes.js';
import { count, stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useLink } from '../../live/use-link.js';
import { Refusal } from '../../parts/Refusal.js';
import { TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { type Decision, decisionsOf, forOneDecision, othersOf, type StockAct } from './act.rules.js';
import { resolve, sendAgain, sendNow, useActs } from './outbox.js';
import './outbox.css';

/** What this tablet has not told the server yet, what the server refused, and what has arrived lately. `#/keeper/outbox` */
export default function OutboxPage() {
  const { actor } = useSession();
  const acts = useActs();
  const own = acts.filter(({ userId }) => userId === actor?.userId);
  const of = (...states: StockAct['state'][]) => own.filter(({ state }) => states.includes(state));
  const [refused, waiting, ended] = [
    forOneDecision(of('refused')),
    of('waiting'),
    of('delivered', 'discarded').toReversed(),
  ];
  return (
    <div className="page outbox">
      {othersOf(acts, actor?.userId ?? '').map(({ name, count: acted }) => (
        <p key={name} className="notice">
          {t('outbox.others', { name, count: count(acted) })}
        </p>
      ))}
      {refused.length > 0 && (
        <section aria-labelledby="outbox-refused">
          <h2 id="outbox-refused">{t('outbox.refused-title', { count: count(refused.length) })}</h2>
          {refused.map((steps) => (
            <Refused key={steps[0]!.id} acts={steps} account={actor?.account ?? ''} />
          ))}
        </section>
      )}
      <section aria-labelledby="outbox-waiting">
        <h2 id="outbox-waiting">{t('outbox.waiting', { count: count(waiting.length) })}</h2>
        {waiting.length === 0 ? <p className="quiet">{t('outbox.nothing')}</p> : <SendNow />}
        <ol className="outbox-list">
          {waiting.map((act) => (
            <Line key={act.id} act={act} />
          ))}
        </ol>
      </section>
      {ended.length > 0 && (
        <section aria-labelledby="outbox-ended">
          <h2 id="outbox-ended">{t('outbox.ended-title')}</h2>
          <ol className="outbox-list quiet">
            {ended.map((act) => (
              <Line key={act.id} act={act} />
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

function SendNow() {
  const { state } = useLink();
  return (
    <p>
      {t(state === 'offline' || state === 'unanswered' ? 'outbox.goes-later' : 'outbox.goes-now')}{' '}
      <button type="button" className="button" onClick={sendNow}>
        {t('outbox.send-now')}
      </button>
    </p>
  );
}

const SIGNS: Record<StockAct['state'], string> = { waiting: '▲', refused: '!', delivered: '✓', discarded: '✕' };

function Line({ act }: { act: StockAct }) {
  return (
    <li>
      <span aria-hidden="true">{SIGNS[act.state]}</span>{' '}
      <span className="numeric">{stamp(new Date(act.atMs).toISOString())}</span> {act.label}
      {act.state === 'discarded' && ` · ${t('outbox.discarded', { reason: act.reason ?? '' })}`}
    </li>
  );
}

type RefusedProps = { acts: readonly StockAct[]; account: string };

/** What was done, what the server says, and what can be done about it. It stays until somebody has decided. */
function Refused({ acts: steps, account }: RefusedProps) {
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [giving, setGiving] = useState(false);
  const decide = (each: (act: StockAct) => Promise<void>, then: () => void = () => {}) => {
    setProblem(null);
    const inTurn = async () => {
      for (const act of steps) await each(act);
    };
    inTurn().then(then, (error: unknown) => setProblem(problemOf(error)));
  };
  const last = steps.at(-1)!;
  const change = () => {
    for (const { draft } of steps) if (draft) writeDraft(account, draft.name, draft.values);
    go(last.page);
  };
  const acts: Record<Decision, () => void> = {
    proposed: () => decide((act) => resolve(act, 'corrected'), () => say(t('outbox.said-corrected'))),
    again: () => decide((act) => sendAgain(act.id)),
    change: () => decide((act) => resolve(act, 'dropped', t('outbox.changed-reason')), change),
    discard: () => setGiving(true),
  }; // prettier-ignore
  const { code, words } = last.refusal!;
  const decisions = decisionsOf(last).filter((decision) => decision !== 'proposed' || steps.length === 1);
  return (
    <article className="outbox-refused" aria-label={last.label}>
      {steps.map((act) => (
        <Fragment key={act.id}>
          <h3>{act.label}</h3>
          <p className="quiet numeric">{t('outbox.done-at', { at: stamp(new Date(act.atMs).toISOString()) })}</p>
        </Fragment>
      ))}
      <p className="notice problem">
        {t('outbox.server-says')} {words || code}
      </p>
      {last.lotId && <Meanwhile lotId={last.lotId} />}
      <Refusal problem={problem} />
      {giving ? (
        <Discard discard={(reason) => decide((act) => resolve(act, 'dropped', reason))} back={() => setGiving(false)} />
      ) : (
        <div className="form-acts">
          {decisions.map((decision) => (
            <button key={decision} type="button" className="button" onClick={acts[decision]}>
              {t(`outbox.decide.${decision}`)}
            </button>
          ))}
        </div>
      )}
    </article>
  );
}

const SHOWN = 3;
/** What was done last with the lot, by which paper and from where to where: a shortage may only mean that a colleague was faster. */
function Meanwhile({ lotId }: { lotId: string }) {
  const { data } = useFetched<{ items: MovementDto[] }>(`/stock/movements${query({ lotId, limit: SHOWN })}`);
  if (!data || data.items.length === 0) return null;
  return (
    <>
      <p className="quiet">{t('outbox.meanwhile')}</p>
      <ul className="outbox-list numeric">
        {data.items.map((one) => (
          <li key={one.id}>
            {stamp(one.occurredAt)} {one.document} · {one.fromPlace} → {one.toPlace} · {count(one.units)}
          </li>
        ))}
      </ul>
    </>
  );
}

function Discard({ discard, back }: { discard: (reason: string) => void; back: () => void }) {
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    discard(reason.trim());
  };
  return (
    <form className="keeper-form" onSubmit={submit}>
      <TextField label={t('outbox.why')} value={reason} set={setReason} maxLength={400} required focus />
      <div className="form-acts">
        <button type="submit" className="button primary" disabled={reason.trim() === ''}>
          {t('outbox.decide.discard')}
        </button>
        <button type="button" className="button bare" onClick={back}>
          {t('act.back')}
        </button>
      </div>
    </form>
  );
}
