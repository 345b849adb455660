import { useMemo } from 'react';
import { timeOfDay } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { useLive } from '../live/hooks.js';
import { desk } from './desk-state.js';
import { lineOf, openingLines } from './log-text.js';
import type { LogLine } from './log-text.js';

const LINES = 6;

/** The last six things that happened, newest first; a click selects the incident. */
export function LogStrip() {
  const log = useLive(['log'], (store) => store.log);
  const lines = useMemo(() => {
    const news: LogLine[] = [];
    for (let index = log.length - 1; index >= 0 && news.length < LINES; index -= 1) {
      const line = lineOf(log[index]!);
      if (line) news.push(line);
    }
    return news.length < LINES ? [...news, ...openingLines(LINES - news.length)] : news;
  }, [log]);
  return (
    <section className="log" aria-label={t('log.title')} data-tour="log">
      {lines.length === 0 && <p className="empty">{t('log.empty')}</p>}
      <ol>
        {lines.map((line) => (
          <li key={line.key}>
            <time className="quiet" dateTime={line.at}>
              {timeOfDay(line.at)}
            </time>
            {line.incidentId ? (
              <button type="button" className="clip" onClick={() => desk.set({ selectedId: line.incidentId })}>
                {line.words}
              </button>
            ) : (
              <span className="clip">{line.words}</span>
            )}
            <span className="quiet clip">{line.who}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
