import { useState } from 'react';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { useCommand } from '../api/use-command.js';
import { t } from '../i18n/i18n.js';
import { Dialog } from '../parts/Dialog.js';
import { Refusal } from '../parts/Refusal.js';
import { say } from '../parts/toast.js';
import { asksFirst, incidentStepsOf } from './steps.rules.js';
import type { IncidentStepName } from './steps.rules.js';
import { StepQuestion } from './StepQuestion.js';

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
            close={close}
          />
          <Refusal problem={problem} />
        </Dialog>
      )}
    </>
  );
}
