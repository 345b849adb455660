import { useEffect, useState } from 'react';
import type { ParDto, RollDto } from '../../../../src/dispatch/accountability/roll.dto.js';
import { expectedOf } from '../../dispatch/people/people.rules.js';
import { hourMinute } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { elapsedText } from '../../live/ageing.rules.js';
import { serverNow, useNow } from '../../live/clock.js';
import { send, useSendings } from './outbox.js';
import { Sent } from './Sent.js';

/** After an answer the button rests, so a second knock in the pocket says nothing new. */
const REST_MS = 3000;
export const isAsked = ({ par }: RollDto): boolean => par?.state === 'asked' || par?.state === 'missed';

/** The question how many are there: ONE big button for all, a second one for when somebody is not. */
export function ParCard({ roll, link }: { roll: RollDto; link?: string }) {
  const par = roll.par!;
  return (
    <section className={`card par-card par-${par.state}`} aria-label={t('phone.par.title')}>
      <p className="status">
        <span aria-hidden="true" className="status-sign">
          {par.state === 'missed' ? '▲' : '◔'}
        </span>
        <b>{t('phone.par.title')}</b>
        <Waiting par={par} />
      </p>
      <p className="quiet">
        {roll.teamName} <span className="unit-code">{roll.unitCode}</span>
      </p>
      <p>{par.state === 'missed' ? t('phone.par.missed') : t('phone.par.asked', { asked: par.asked })}</p>
      <ParAnswer roll={roll} urgent {...(link ? { link } : {})} />
    </section>
  );
}

function Waiting({ par }: { par: ParDto }) {
  const nowMs = useNow();
  return (
    <time className="numeric" dateTime={par.askedAt!}>
      {hourMinute(par.askedAt!)} · {elapsedText(nowMs - Date.parse(par.askedAt!))}
    </time>
  );
}

/** Where the clock of a unit stands while nobody asks: when the next question comes, and a way to speak first. */
export function ParLine({ roll }: { roll: RollDto }) {
  const par = roll.par!;
  const { lastAnswer } = par;
  return (
    <section className="par-line" aria-label={t('phone.par.title')}>
      <p className="quiet numeric">
        {lastAnswer &&
          `${t('phone.par.ok', { time: hourMinute(lastAnswer.occurredAt), count: lastAnswer.present })} · `}
        {par.nextAt &&
          t(par.state === 'excused' ? 'phone.par.excused' : 'phone.par.next', { time: hourMinute(par.nextAt) })}
      </p>
      <ParAnswer roll={roll} />
    </section>
  );
}

type AnswerProps = { roll: RollDto; urgent?: boolean; link?: string };

/** `link`: the one-time link that speaks for its person; without it a session does. */
function ParAnswer({ roll, urgent = false, link }: AnswerProps) {
  const expected = expectedOf(roll);
  const [absent, setAbsent] = useState<ReadonlySet<string> | null>(null);
  const about = link ? `link/${link}/check` : `par/${roll.id}`;
  const path = link ? `/alert-links/${encodeURIComponent(link)}/check` : `/assignments/${roll.id}/par/answers`;
  const sendings = useSendings(about);
  const resting = useRest(sendings.at(-1)?.writtenAtMs ?? 0);
  const count = expected.length + roll.unnamed;
  // Who was missing is not found by the press that reports the others.
  const missing = expected.filter(({ state }) => state === 'missing').map(({ id }) => id);
  const say = (without: ReadonlySet<string>) => {
    const at = new Date(serverNow()).toISOString();
    const present = expected.map(({ id }) => id).filter((id) => !without.has(id));
    send(about, path, { present, occurredAt: at, recordedAt: at });
    setAbsent(null);
  };
  return (
    <>
      <Sent about={about} />
      {absent === null ? (
        <>
          <button
            type="button"
            className={`button${urgent ? ' next' : ''}`}
            disabled={resting}
            onClick={() => say(new Set(missing))}
          >
            {missing.length > 0
              ? t('phone.par.send-short', { count: count - missing.length, absent: missing.length })
              : t(urgent ? 'phone.par.all' : 'phone.par.report', { count })}
          </button>
          <button type="button" className="button" disabled={resting} onClick={() => setAbsent(new Set(missing))}>
            {t(missing.length > 0 ? 'phone.par.change' : 'phone.par.short')}
          </button>
        </>
      ) : (
        <Ticks people={expected} absent={absent} set={setAbsent} say={() => say(absent)} />
      )}
    </>
  );
}

type TicksProps = {
  people: RollDto['people'];
  absent: ReadonlySet<string>;
  set: (absent: ReadonlySet<string> | null) => void;
  say: () => void;
};
function Ticks({ people, absent, set, say }: TicksProps) {
  const turn = (id: string) => {
    const next = new Set(absent);
    if (!next.delete(id)) next.add(id);
    set(next);
  };
  return (
    <fieldset className="roll-list">
      <legend>{t('phone.par.who')}</legend>
      {people.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          className="button roll-name"
          aria-pressed={!absent.has(id)}
          onClick={() => turn(id)}
        >
          <span aria-hidden="true">{absent.has(id) ? '✕' : '✓'}</span> {name}
        </button>
      ))}
      <button type="button" className="button next" onClick={say}>
        {t('phone.par.send-short', { count: people.length - absent.size, absent: absent.size })}
      </button>
      <button type="button" className="button bare" onClick={() => set(null)}>
        {t('phone.back')}
      </button>
    </fieldset>
  );
}

/** True for a moment after `sinceMs`. */
export function useRest(sinceMs: number): boolean {
  const untilMs = sinceMs + REST_MS;
  const [resting, setResting] = useState(() => Date.now() < untilMs);
  useEffect(() => {
    const leftMs = untilMs - Date.now();
    setResting(leftMs > 0);
    if (leftMs <= 0) return;
    const timer = window.setTimeout(() => setResting(false), leftMs);
    return () => window.clearTimeout(timer);
  }, [untilMs]);
  return resting;
}
