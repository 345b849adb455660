import { useEffect, useState } from 'react';
import { useFetched } from '../api/use-fetched.js';
import { actorText, recordWords } from '../desk/log-text.js';
import { stamp } from '../i18n/format.js';
import { hasMessage, t } from '../i18n/i18n.js';
import { useLive } from '../live/hooks.js';
import { Refusal } from '../parts/Refusal.js';

type Entry = {
  seq: number;
  kind: string;
  subject: string;
  subjectId: string;
  at: string;
  occurredAt: string;
  actorName: string | null;
  data: Record<string, unknown>;
};
const seenKey = (incidentId: string): string => `chiyuan.seen.${incidentId}`;
const LATE_MS = 60_000;

/** Every change of the incident, newest first, with who and when; a line marks what came since the last look. */
export function Timeline({ incidentId }: { incidentId: string }) {
  const news = useLive(['log'], (store) => store.log.filter((change) => change.incidentId === incidentId).length, [
    incidentId,
  ]);
  const { data, problem, loading } = useFetched<{ items: Entry[] }>(
    `/incidents/${incidentId}/timeline?limit=200`,
    news,
  );
  const [seenSeq] = useState(() => Number(localStorage.getItem(seenKey(incidentId)) ?? 0));
  const entries = (data?.items ?? [])
    .filter(({ kind }) => kind !== 'suggestion.improved')
    .sort((a, b) => b.seq - a.seq);
  const newest = entries[0]?.seq;
  useEffect(() => {
    if (newest !== undefined) localStorage.setItem(seenKey(incidentId), String(newest));
  }, [incidentId, newest]);
  if (problem && !data) return <Refusal problem={problem} />;
  if (!data) return <p className="empty">{loading ? t('app.loading') : ''}</p>;
  if (entries.length === 0) return <p className="empty">{t('timeline.empty')}</p>;
  const border = seenSeq > 0 ? entries.findIndex((entry) => entry.seq <= seenSeq) : -1;
  return (
    <ol className="timeline panel-scroll" data-tour="timeline" tabIndex={0} aria-label={t('incident-tab.timeline')}>
      {entries.map((entry, index) => (
        <li key={entry.seq} className={index === border && border > 0 ? 'since-last-look' : ''}>
          {index === border && border > 0 && <p className="look-mark">{t('timeline.since-last-look')}</p>}
          <time dateTime={entry.occurredAt} className="quiet">
            {stamp(entry.occurredAt)}
          </time>
          <span>
            {wordsOf(entry)}
            {Date.parse(entry.at) - Date.parse(entry.occurredAt) > LATE_MS && (
              <span className="quiet"> {t('timeline.entered-later', { at: stamp(entry.at) })}</span>
            )}
          </span>
          <span className="quiet">{actorText(entry.actorName)}</span>
        </li>
      ))}
    </ol>
  );
}

/** The page already names the incident, and there is one suggestion at a time. */
function wordsOf(entry: Entry): string {
  const key = `change.${entry.kind}`;
  const bare = hasMessage(key) && (entry.subject === 'incident' || entry.subject === 'suggestion');
  return bare ? t(key) : recordWords(entry);
}
