import { useEffect, useRef } from 'react';
import { useSession } from '../../access/session.js';
import { go } from '../../app/routes.js';
import { desk } from '../../desk/desk-state.js';
import { t } from '../../i18n/i18n.js';
import { useLive, useRow } from '../../live/hooks.js';
import { live } from '../../live/live.js';
import { Since } from '../../parts/Since.js';
import { say } from '../../parts/toast.js';
import { byNeed, cameLate, whoCalls } from './help-calls.rules.js';
import { PhoneLink, TakeUp } from './HelpCalls.js';

const MOST_SHOWN = 3;

/** Calls for help that nobody has taken up, over everything else, until somebody does. */
export function HelpBanner() {
  const exercise = desk.use((state) => state.exercise);
  const ids = useLive(
    ['help-call'],
    (store) =>
      store
        .rows('help-call')
        .filter((call) => call.state === 'raised' && call.exercise === exercise)
        .sort(byNeed)
        .map(({ id }) => id),
    [exercise],
  );
  useTakenByOther(ids);
  if (ids.length === 0) return null;
  return (
    <section className="help-banner" role="alert" aria-label={t('help-call.title')}>
      {ids.slice(0, MOST_SHOWN).map((id) => (
        <Line key={id} id={id} />
      ))}
      {ids.length > MOST_SHOWN && <p>{t('help-call.more', { count: ids.length - MOST_SHOWN })}</p>}
    </section>
  );
}

/** A line that goes because a colleague was quicker says so: nobody shall wonder whether it was heard. */
function useTakenByOther(ids: readonly string[]): void {
  const before = useRef<readonly string[]>([]);
  const own = useSession().actor?.name;
  useEffect(() => {
    for (const id of before.current.filter((each) => !ids.includes(each))) {
      const call = live.store.row('help-call', id);
      if (call?.takenUpBy && call.takenUpBy !== own)
        say(t('help-call.said-other', { who: call.byName, taker: call.takenUpBy }));
    }
    before.current = ids;
  }, [ids]);
}

function Line({ id }: { id: string }) {
  const call = useRow('help-call', id);
  const incident = useRow('incident', call?.incidentId);
  if (!call) return null;
  const words = call.words.at(-1)?.words;
  return (
    <div className="help-line">
      <b>
        <span aria-hidden="true">SOS</span> {call.exercise && t('drill.prefix')}
        {t('help-call.title')}
      </b>
      <span className="clip">
        {[whoCalls(call), words, incident?.title].filter(Boolean).join(' · ')}
        {cameLate(call) && ` · ${t('help-call.late')}`}
      </span>
      <Since at={call.occurredAt} />
      <PhoneLink call={call} />
      <button type="button" className="button small" onClick={() => go(`incidents/${call.incidentId}`)}>
        {t('help-call.look')}
      </button>
      <TakeUp call={call} done={() => go(`incidents/${call.incidentId}`)} />
    </div>
  );
}
