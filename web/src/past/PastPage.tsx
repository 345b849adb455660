import { useMemo, useRef } from 'react';
import type { PastBoardDto } from '../../../src/live/past.dto.js';
import { query } from '../api/http.js';
import { useFetched } from '../api/use-fetched.js';
import { useReady } from '../app/ready.js';
import { go, useRoute } from '../app/routes.js';
import { actorText, recordWords } from '../desk/log-text.js';
import { stamp, timeOfDay } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { live } from '../live/live.js';
import { LiveStore } from '../live/store.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';
import { SidePage } from '../relief-stock/parts/SidePage.js';
import { PastControls } from './PastControls.js';
import { PastIncidents } from './PastIncidents.js';
import { PastUnits } from './PastUnits.js';
import { addressOf, askedIn, pictureOfPast } from './past.rules.js';
import type { Asked } from './past.rules.js';
import { Unknown } from './Unknown.js';
import './messages.js';
import './past.css';

/** The board as it was at a moment, rebuilt from the record. Nothing follows it and nothing can be done on it. `#/past[/MOMENT]` */
export default function PastPage() {
  const { parts } = useRoute();
  const asked = askedIn(parts[0] ?? '');
  const { data: fetched, problem, loading } = useFetched<PastBoardDto>(asked && `/live/past${query(asked)}`);
  // The board before stays until the next one is there: who steps with the keyboard keeps the button.
  const last = useRef<PastBoardDto | null>(null);
  if (fetched) last.current = fetched;
  const data = asked && !problem ? last.current : null;
  useReady('past', asked === null || fetched !== null || problem !== null);
  const show = (wanted: NonNullable<Asked>) => go(addressOf(wanted));
  return (
    <SidePage title={t('past.title')}>
      <div className="page past" aria-busy={loading}>
        {data && <Banner board={data} />}
        <PastControls board={data} show={show} />
        <Refusal problem={problem} />
        {asked === null && <p className="empty">{t('past.choose')}</p>}
        {asked !== null && !data && !problem && <Loading />}
        {data && <LastChange board={data} />}
        {data && <Board board={data} />}
      </div>
    </SidePage>
  );
}

/** Of when it is, and that it is not now: it stays in sight. */
function Banner({ board }: { board: PastBoardDto }) {
  return (
    <div className="past-banner" role="status">
      <p>
        <b>{t('past.banner', { at: `${stamp(board.at).slice(0, 10)} ${timeOfDay(board.at)}` })}</b>{' '}
        <span>{t('past.not-live')}</span>
      </p>
    </div>
  );
}

/** What had happened last. */
function LastChange({ board: { change } }: { board: PastBoardDto }) {
  const words = change && recordWords({ kind: change.kind, subject: change.subject, data: change.data });
  return (
    <p className="past-change">
      {change
        ? t('past.change', { at: timeOfDay(change.at), words, who: actorText(change.actorName) })
        : t('past.no-change')}
    </p>
  );
}

function Board({ board }: { board: PastBoardDto }) {
  const store = useMemo(() => {
    const then = new LiveStore();
    const now = live.store.held();
    if (now) then.show({ actor: now.actor, picture: pictureOfPast(board, (subject) => now.picture.rows[subject]) });
    return then;
  }, [board]);
  const atMs = Date.parse(board.at);
  return (
    <>
      <Unknown board={board} />
      <PastIncidents store={store} atMs={atMs} />
      <PastUnits units={board.teamUnits} atMs={atMs} />
      <p className="quiet">{t('past.left-out')}</p>
    </>
  );
}
