import { useEffect, useRef, useState } from 'react';
import type { ChainDto } from '../../../src/record/record.dto.js';
import { get, problemOf, query } from '../api/http.js';
import type { ProblemError } from '../api/http.js';
import { count, stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { serverNow } from '../live/clock.js';
import { Refusal } from '../parts/Refusal.js';

type State = { running: boolean; done: ChainDto | null; at: number | null; problem: ProblemError | null };

/** Checks the chain of the record from its first line to its last, stretch by stretch, and says where it broke. */
export function ChainCheck() {
  const [state, setState] = useState<State>({ running: false, done: null, at: null, problem: null });
  const left = useRef(false);
  useEffect(() => {
    left.current = false;
    return () => void (left.current = true);
  }, []);
  const check = async () => {
    setState({ running: true, done: null, at: null, problem: null });
    try {
      for (let after = 0; !left.current;) {
        const done = await get<ChainDto>(`/journal/chain${query({ after })}`);
        const isOver = done.fault !== null || done.to >= done.head || done.to === after;
        if (!left.current) setState({ running: !isOver, done, at: isOver ? serverNow() : null, problem: null });
        if (isOver) return;
        after = done.to;
      }
    } catch (error) {
      setState((held) => ({ ...held, running: false, problem: problemOf(error) }));
    }
  };
  const { running, done, at, problem } = state;
  return (
    <section className="admin-part" aria-label={t('audit.chain')}>
      <h2>{t('audit.chain')}</h2>
      <p>{t('audit.chain-what')}</p>
      <p role="status">
        {running && t('audit.chain-runs', { to: count(done?.to ?? 0), head: count(done?.head ?? 0) })}
        {!running && done && <Verdict done={done} at={at} />}
      </p>
      <Refusal problem={problem} />
      <button
        type="button"
        className="button primary"
        data-tour="chain-check"
        disabled={running}
        onClick={() => void check()}
      >
        {t('audit.chain-check')}
      </button>
    </section>
  );
}

function Verdict({ done, at }: { done: ChainDto; at: number | null }) {
  if (done.fault) {
    const what = t(`audit.fault.${done.fault.kind}`);
    return (
      <b className="health-state bad" data-tour="chain-checked">
        {t('audit.chain-broken', { seq: count(done.fault.atSeq), what })}
      </b>
    );
  }
  return <b className="health-state good" data-tour="chain-checked">{t('audit.chain-holds', { to: count(done.to), at: at === null ? '' : stamp(at) })}</b>; // prettier-ignore
}
