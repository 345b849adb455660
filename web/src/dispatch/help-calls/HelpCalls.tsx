import { useState } from 'react';
import type { HelpCallDto, HelpOutcome } from '../../../../src/dispatch/help-calls/help-call.dto.js';
import { HELP_OUTCOMES } from '../../../../src/dispatch/help-calls/help-call.dto.js';
import { maySomewhere } from '../../access/may.js';
import { useSession } from '../../access/session.js';
import { useCommand } from '../../api/use-command.js';
import { hourMinute, stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useLive } from '../../live/hooks.js';
import { Act, Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { Since } from '../../parts/Since.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { byNeed, cameLate } from './help-calls.rules.js';

/** Calls for help that stand in an incident, whatever tab is open: taken up by a person, ended by a person. */
export function HelpCalls({ incidentId }: { incidentId: string }) {
  const calls = useLive(
    ['help-call'],
    (store) =>
      store
        .rows('help-call')
        .filter((call) => call.incidentId === incidentId)
        .sort(byNeed),
    [incidentId],
  );
  if (calls.length === 0) return null;
  return (
    <section className="help-calls" aria-label={t('help-call.title')}>
      {calls.map((call) => (
        <Call key={call.id} call={call} />
      ))}
    </section>
  );
}

function Call({ call }: { call: HelpCallDto }) {
  const { id, state, byName, byRole, teamName, unitCode, presses, words } = call;
  const may = maySomewhere(useSession().actor, 'help-call.step');
  return (
    <article className={`help-call help-call-${state}`} aria-label={`${t('help-call.title')} ${byName}`}>
      <p className="help-call-head">
        <b>
          <span aria-hidden="true">SOS</span> {call.exercise && <span className="drill-mark">{t('drill.prefix')}</span>}
          {t(`help-call.state.${state}`)}
        </b>
        <span>
          {byName} · {t(`help-call.role.${byRole}`)} · {teamName} <span className="unit-code">{unitCode}</span>
        </span>
        <PhoneLink call={call} />
        <Since at={call.occurredAt} />
      </p>
      <p className="quiet">
        {t('help-call.pressed', { at: stamp(call.occurredAt) })}
        {cameLate(call) && ` · ${t('help-call.came', { at: stamp(call.receivedAt) })}`}
        {presses > 1 && ` · ${t('help-call.presses', { count: presses })}`} · <Where call={call} />
        {call.takenUpAt && ` · ${t('help-call.taken', { who: call.takenUpBy, at: hourMinute(call.takenUpAt) })}`}
      </p>
      {words.map((one) => (
        <blockquote key={one.id} className="help-call-words">
          {one.words} <span className="quiet numeric">{hourMinute(one.occurredAt)}</span>
        </blockquote>
      ))}
      {may && state === 'raised' && <TakeUp call={call} />}
      {may && state === 'taken-up' && <EndForm id={id} />}
    </article>
  );
}

/** In one's own name, with one press. Who was quicker is named by the refusal, and by the row itself. */
export const TakeUp = ({ call, done }: { call: HelpCallDto; done?: () => void }) => (
  <Act
    look="primary"
    label={t('help-call.take-up')}
    path={`/help-calls/${call.id}/take-up`}
    said={t('help-call.said-taken')}
    done={done}
  />
);

export function PhoneLink({ call: { phone } }: { call: HelpCallDto }) {
  if (!phone) return null;
  return (
    <a className="button small numeric" href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>
      <span aria-hidden="true">☎</span> {phone}
    </a>
  );
}

function Where({ call: { position } }: { call: HelpCallDto }) {
  if (!position) return <>{t('help-call.no-position')}</>;
  const { lon, lat, accuracyM, at } = position;
  const radius = accuracyM === null ? '' : ` ±${accuracyM} m`;
  return <span className="numeric">{t('help-call.position', { at: hourMinute(at), where: `${lat.toFixed(5)}, ${lon.toFixed(5)}${radius}` })}</span>; // prettier-ignore
}

/** What became of it, and why one knows: both are kept, and only then is it over. */
function EndForm({ id }: { id: string }) {
  const [outcome, setOutcome] = useState<HelpOutcome | ''>('');
  const [reason, setReason] = useState('');
  const { busy, problem, send } = useCommand();
  const end = async () => {
    if (await send(`/help-calls/${id}/end`, { outcome, reason: reason.trim() })) say(t('help-call.said-ended'));
  };
  const lacks = outcome === '' || reason.trim() === '' ? t('help-call.end-lacks') : null;
  return (
    <form
      className="help-call-end"
      onSubmit={(event) => {
        event.preventDefault();
        if (lacks === null) void end();
      }}
    >
      <SelectField
        label={t('help-call.outcome')}
        value={outcome}
        none={t('help-call.outcome.none')}
        set={(value) => setOutcome(value as HelpOutcome | '')}
        options={HELP_OUTCOMES.map((value) => ({ value, words: t(`help-call.outcome.${value}`) }))}
        required
      />
      <TextField label={t('help-call.reason')} value={reason} set={setReason} required />
      <Refusal problem={problem} />
      <Submit look="primary" label={t('help-call.end')} busy={busy} lacks={lacks} />
    </form>
  );
}
