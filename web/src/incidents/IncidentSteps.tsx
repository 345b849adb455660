import { useState } from 'react';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { useCommand } from '../api/use-command.js';
import { t } from '../i18n/i18n.js';
import { useLive } from '../live/hooks.js';
import { distanceM, kmText } from '../map/distance.rules.js';
import { Dialog } from '../parts/Dialog.js';
import { Field } from '../parts/Field.js';
import { Refusal } from '../parts/Refusal.js';
import { say } from '../parts/toast.js';
import { asksFirst, incidentStepsOf, reasonRequired } from './steps.rules.js';
import type { IncidentStepName } from './steps.rules.js';
import { shortNumber } from './QueueRow.js';
import { coverageIn, workOf, WORK_SUBJECTS } from './work.js';

export function IncidentSteps({ incident }: { incident: IncidentDto }) {
  const { busy, problem, send, clear } = useCommand();
  const [asking, setAsking] = useState<IncidentStepName | null>(null);
  const act = async (step: IncidentStepName, reason: string, intoId = '') => {
    const body = { version: incident.version, ...(reason ? { reason } : {}), ...(intoId ? { intoId } : {}) };
    const done = await send(`/incidents/${incident.id}/${step}`, body);
    if (!done) return;
    setAsking(null);
    say(t('said.incident', { title: incident.title, step: t(`incident-step.${step}`) }));
  };
  const close = () => {
    setAsking(null);
    clear();
  };
  return (
    <>
      {incidentStepsOf(incident.status).map((step) => (
        <button
          key={step}
          type="button"
          className="button"
          data-tour={step === 'verify' ? 'verify' : undefined}
          disabled={busy}
          onClick={() => (asksFirst(step, incident.status) ? setAsking(step) : void act(step, ''))}
        >
          {t(`incident-step.${step}`)}
        </button>
      ))}
      {!asking && <Refusal problem={problem} />}
      {asking && (
        <Dialog title={t(`incident-step.${asking}`)} close={close} className="small-dialog">
          <StepQuestion
            incident={incident}
            step={asking}
            busy={busy}
            act={(reason, intoId) => void act(asking, reason, intoId)}
          />
          <Refusal problem={problem} />
        </Dialog>
      )}
    </>
  );
}

type QuestionProps = {
  incident: IncidentDto;
  step: IncidentStepName;
  busy: boolean;
  act: (reason: string, intoId: string) => void;
};
/** One summary with numbers before a step that cannot simply be taken back. */
function StepQuestion({ incident, step, busy, act }: QuestionProps) {
  const [reason, setReason] = useState('');
  const [teams, goods, unmet] = useLive(
    ['incident', 'team-unit', ...WORK_SUBJECTS],
    (store) => {
      const work = workOf(store, incident.id);
      const open = work.orders.filter((order) => !order.status.startsWith('received')).length;
      return [work.assignments.length, open, coverageIn(store, incident.id)?.unmet ?? 0] as const;
    },
    [incident.id],
  );
  const required = reasonRequired(step, incident.status);
  const [intoId, setIntoId] = useState('');
  return (
    <form
      className="form-body"
      onSubmit={(event) => {
        event.preventDefault();
        act(reason.trim(), intoId);
      }}
    >
      <p>{incident.title}</p>
      <p className="numeric">{t('incident-step.summary', { teams, goods, unmet })}</p>
      {step === 'merge' && <MergeTarget incident={incident} value={intoId} choose={setIntoId} />}
      <Field label={t('incident-step.reason')} required={required}>
        <input
          className="input"
          value={reason}
          maxLength={400}
          required={required}
          data-focus
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      <button type="submit" className="button primary big" disabled={busy}>
        {t(`incident-step.${step}`)}
      </button>
    </form>
  );
}

/** Open incidents, the nearest first. */
function MergeTarget({
  incident,
  value,
  choose,
}: {
  incident: IncidentDto;
  value: string;
  choose: (id: string) => void;
}) {
  const others = useLive(['incident'], (store) =>
    store
      .rows('incident')
      .filter((row) => row.id !== incident.id && row.exercise === incident.exercise)
      .sort((a, b) => distanceM(a.location, incident.location) - distanceM(b.location, incident.location)),
  );
  return (
    <Field label={t('incident-step.merge-into')} required>
      <select className="input" required value={value} onChange={(event) => choose(event.target.value)} data-focus>
        <option value="" />
        {others.map((row) => (
          <option key={row.id} value={row.id}>
            {shortNumber(row.number)} {row.title}{' '}
            {t('board.km', { km: kmText(distanceM(row.location, incident.location)) })}
          </option>
        ))}
      </select>
    </Field>
  );
}
