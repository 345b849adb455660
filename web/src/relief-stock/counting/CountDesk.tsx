import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { CountAnswer, CountDetailDto, CountLineDto } from '../../../../src/relief-stock/counting/count.dto.js';
import type { ProblemError } from '../../api/http.js';
import { useCommand } from '../../api/use-command.js';
import { count as figure } from '../../i18n/format.js';
import { named, t, unitOf } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';
import { ScanInto } from '../scan/ScanInto.js';
import type { ScannedLine } from '../scan/line.rules.js';
import { binsOf, isDone, targetOf } from './count.rules.js';
import { NumberPad } from './NumberPad.js';
import type { StockAct } from '../outbox/act.rules.js';
import { takeBack } from '../outbox/outbox.js';
import { jot } from './jot.js';

type Props = {
  count: CountDetailDto;
  me: string;
  jotted: readonly StockAct[];
  fresh: boolean;
  reload: () => void;
  /** Its number and state, beside which the scanner stands: the pad below must fit on a tablet. */
  head: ReactNode;
};

const NOWHERE = { bin: null, lineId: null };

/** The blind count: one bin, one line, one figure at a time. What the book says is nowhere on this page. */
export function CountDesk({ count, me, jotted, fresh, reload, head }: Props) {
  const fetchedAt = useRef(0);
  useEffect(() => {
    if (fresh) fetchedAt.current = Date.now();
  }, [fresh, count]);
  const done = (line: CountLineDto) => isDone(line, me, jotted, fetchedAt.current);
  const bins = binsOf(count.lines, done);
  const [{ bin, lineId }, setAt] = useState<{ bin: string | null; lineId: string | null }>(NOWHERE);
  const setBin = (next: string | null) => setAt({ bin: next, lineId: null });
  const current = bins.find(({ binId }) => binId === bin) ?? bins.find((one) => one.done < one.total) ?? bins[0];
  const open = count.lines.filter((one) => one.binId === current?.binId && one.state !== 'dropped' && !done(one));
  const line = open.find(({ id }) => id === lineId) ?? open[0];
  const scanned = (named: ScannedLine): string | null => {
    const target = targetOf(count.lines, named, { done, bin: current?.binId ?? null });
    if (typeof target === 'string') return t(`count.scan-${target}`);
    setAt({ bin: target.binId, lineId: target.lineId });
    return null;
  };
  const all = bins.reduce((sum, one) => sum + one.total, 0);
  const ready = bins.reduce((sum, one) => sum + one.done, 0);
  return (
    <div className="count-desk">
      <div className="count-top">
        {head}
        <ScanInto warehouseId={count.warehouseId} take={scanned} />
      </div>
      <nav className="count-bins" aria-label={t('count.bins')}>
        <p className="count-progress" role="status">
          {t('count.lines-of', { done: figure(ready), all: figure(all) })}
        </p>
        <progress max={all} value={ready} aria-label={t('count.progress')} />
        {bins.map((one) => (
          <button
            key={one.binId}
            type="button"
            className="button"
            aria-current={one.binId === current?.binId}
            onClick={() => setBin(one.binId)}
          >
            <b>{one.binCode}</b> <span>{one.done === one.total ? '✓' : `${one.done}/${one.total}`}</span>
          </button>
        ))}
      </nav>
      {line ? (
        <LinePad key={line.id} line={line} count={count} leaveBin={() => setBin(null)} />
      ) : (
        <BinDone everything={ready === all} next={() => setBin(null)} count={count} jotted={jotted} reload={reload} />
      )}
    </div>
  );
}

const nameOf = (line: CountLineDto): string => named(live.store.row('item', line.itemId));

function LinePad({ line, count, leaveBin }: { line: CountLineDto; count: CountDetailDto; leaveBin: () => void }) {
  const [text, setText] = useState('');
  const item = live.store.row('item', line.itemId);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const undo = async () => {
    const taken = await takeBack();
    if (taken) say(t('count.said-undone', { line: taken.label }));
    leaveBin();
  };
  const enter = () => {
    if (text === '') return;
    const didCount = t('outbox.did.count-line', { line: `${line.binCode} ${nameOf(line)} ${line.lotCode}`, units: figure(Number(text)) });
    void jot({ countId: count.id, lineId: line.id, units: Number(text), label: didCount }).then(setProblem);
  };
  return (
    <section className="count-line" data-tour="count-line" aria-label={nameOf(line)}>
      <h3>
        <span className="count-bin-code">{line.binCode}</span> {nameOf(line)}
      </h3>
      <p>
        {t('keeper.lot', { lot: line.lotCode })}
        {line.expiresOn && <> · {t('keeper.expires', { day: line.expiresOn })}</>}
        {line.condition !== 'good' && <> · {t(`count.condition.${line.condition}`)}</>}
      </p>
      {line.recountReason && <p className="notice">{t(`count.recount.${line.recountReason}`)}</p>}
      <NumberPad figure={text} unit={unitOf(item)} change={setText} enter={enter} undo={() => void undo()} />
      <Refusal problem={problem} />
    </section>
  );
} // prettier-ignore

type DoneProps = {
  everything: boolean;
  next: () => void;
  count: CountDetailDto;
  jotted: readonly StockAct[];
  reload: () => void;
};

function BinDone({ everything, next, count, jotted, reload }: DoneProps) {
  const { busy, problem, send } = useCommand();
  const waiting = jotted.some(({ state }) => state === 'waiting');
  const finish = async () => {
    const answer = await send<CountAnswer>(`/stock/counts/${count.id}/finish`, {});
    if (!answer) return;
    say(t(answer.status === 'open' ? 'count.said-again' : 'count.said-finished', { count: figure(answer.lines.length) }));
    reload();
  };
  return (
    <section className="count-line" data-tour="count-line">
      <p className="count-done">{t(everything ? 'count.all-done' : 'count.bin-done')}</p>
      {everything && count.recountLines > 0 && <p className="notice">{t('count.others-count', { count: figure(count.recountLines) })}</p>}
      <Refusal problem={problem} />
      {everything ? (
        <button type="button" className="button primary huge" disabled={busy || waiting} onClick={() => void finish()}>
          {t(waiting ? 'count.finish-waits' : 'count.finish')}
        </button>
      ) : (
        <button type="button" className="button primary huge" onClick={next}>
          {t('count.next-bin')}
        </button>
      )}
    </section>
  );
} // prettier-ignore
