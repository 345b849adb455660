import type { ReactNode } from 'react';
import type { Matter } from '../../../../src/dispatch/handover/handover.dto.js';
import type { Requirement } from '../../../../src/incidents/response/plans.dto.js';
import { stamp } from '../../i18n/format.js';
import { t, tCode } from '../../i18n/i18n.js';
import { lineText } from '../../incidents/response/words.js';
import { live } from '../../live/live.js';
import { Since, Until } from '../../parts/Since.js';

type Row = Matter & { late?: boolean };
type Props<M extends Row> = {
  items: readonly M[];
  acts?: (item: M) => ReactNode;
  className?: (item: M) => string;
  /** Of a document that is signed: when, and no longer how long. */
  past?: boolean;
};

/** Open matters of a desk, the gravest kind first; `acts` says how each stands and what may be done about it. */
export function Matters<M extends Row>({ items, acts, className, past = false }: Props<M>) {
  if (items.length === 0) return <p className="empty">{t('handover.nothing')}</p>;
  return (
    <ul className="matters">
      {items.map((item) => (
        <li key={item.key} className={`matter ${className?.(item) ?? ''}`}>
          <div className="matter-words">
            <p className="matter-head">
              <span className="matter-kind">{t(`matter.${item.kind}`)}</span>
              {item.late && <span className="duty-mark">{t('handover.new')}</span>}
              {item.params.exercise === 1 && <span className="drill-mark">{t('drill.prefix')}</span>}
              <MatterTitle item={item} />
            </p>
            <p className="quiet">
              {detailOf(item)} <Clock item={item} past={past} />
            </p>
          </div>
          {acts && <div className="matter-acts">{acts(item)}</div>}
        </li>
      ))}
    </ul>
  );
}

function MatterTitle({ item: { incidentId, title } }: { item: Row }) {
  if (incidentId === null) return <b>{title}</b>;
  return (
    <a href={`#/incidents/${incidentId}`} className="matter-title">
      {title}
    </a>
  );
}

function Clock({ item: { dueAt, since }, past }: { item: Row; past: boolean }) {
  const at = dueAt ?? since;
  if (past) return at ? <span>{stamp(at)}</span> : null;
  if (dueAt)
    return (
      <>
        <Until at={dueAt} /> <span>({stamp(dueAt)})</span>
      </>
    );
  return since ? <Since at={since} /> : null;
}

/** A line of a plan: what is to be done, or to be released. */
function taskText({ line, act, code, count, words, wordsEn }: Matter['params']): string {
  if (line === undefined) return '';
  const told = { kind: line as Requirement['kind'], code: String(code), count: Number(count), title: String(words), titleEn: String(wordsEn) };
  return (act === 'release' ? `${t('task-act.release')} ` : '') + lineText(told, live.store);
} // prettier-ignore

/** What a kind adds: which task, who, which unit, which clock, which number. */
export function detailOf({ who, params }: Pick<Matter, 'who' | 'params'>): string {
  const said = (key: string, prefix: string) => (params[key] ? tCode(prefix, String(params[key])) : '');
  return [
    taskText(params), who, params.unit, params.number, said('status', 'status.'), said('order', 'order.'), said('fault', 'matter-fault.'), said('clock', 'report-clock.'),
    said('state', 'task-state.'), said('help', 'help-call.state.'), said('cause', 'cause.'), params.reason,
  ].filter(Boolean).join(' · '); // prettier-ignore
}
