import { go } from '../../app/routes.js';
import { desk } from '../../desk/desk-state.js';
import { t } from '../../i18n/i18n.js';
import { useLive, useRow } from '../../live/hooks.js';
import { Since } from '../../parts/Since.js';
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
      <TakeUp call={call} />
    </div>
  );
}
