import { useId, useState } from 'react';
import type { AlertDto } from '../../../src/alerts/alerts.dto.js';
import type { AssignmentDto } from '../../../src/dispatch/dispatch.dto.js';
import { useCommand } from '../api/use-command.js';
import { t } from '../i18n/i18n.js';
import { useLive, useRow } from '../live/hooks.js';
import { Refusal } from '../parts/Refusal.js';
import { say } from '../parts/toast.js';
import { needsReason, stepsOf } from './steps.rules.js';
import type { Step } from './steps.rules.js';

type Send = ReturnType<typeof useCommand>['send'];

/** An answer goes to the alert, so that its escalation stops; other steps go to the assignment. */
async function take(
  send: Send,
  step: Step,
  assignment: AssignmentDto,
  alert: AlertDto | undefined,
  words: { reason: string; onBehalfOf: string },
) {
  const reason = words.reason.trim();
  if (alert && (step === 'accept' || step === 'decline')) {
    const answer = { answer: step, onBehalfOf: words.onBehalfOf, ...(reason ? { reason } : {}) };
    return send(`/alerts/${alert.id}/answers`, answer);
  }
  return send(`/assignments/${assignment.id}/${step}`, { version: assignment.version, ...(reason ? { reason } : {}) });
}

/** The next steps of an assignment, taken by the desk in the name of the team (phone, radio). */
export function AssignmentSteps({ assignmentId }: { assignmentId: string }) {
  const assignment = useRow('assignment', assignmentId);
  const team = useRow('team', assignment?.teamId);
  const alert = useLive(['alert'], (store) => store.rows('alert').find((each) => each.assignmentId === assignmentId), [
    assignmentId,
  ]);
  const { busy, problem, send } = useCommand();
  const [asking, setAsking] = useState<Step | null>(null);
  const [reason, setReason] = useState('');
  if (!assignment) return null;
  const act = async (step: Step) => {
    if (needsReason(step) && asking !== step) return setAsking(step);
    const onBehalfOf = team?.leaderName ?? alert?.waitingFor ?? assignment.teamName;
    const done = await take(send, step, assignment, alert, { reason, onBehalfOf });
    if (!done) return;
    setAsking(null);
    setReason('');
    say(t('said.step', { team: `${assignment.teamName} ${assignment.unitCode}`, step: t(`step.${step}`) }));
  };
  return (
    <div className="steps">
      {team?.leaderPhone && (
        <a href={`tel:${team.leaderPhone}`} className="numeric">
          {team.leaderName} {team.leaderPhone}
        </a>
      )}
      {stepsOf(assignment.status).map((step, index) => (
        <button
          key={step}
          type="button"
          disabled={busy}
          className={`button small${index === 0 ? ' primary' : ''}`}
          onClick={() => void act(step)}
        >
          {t(alert && (step === 'accept' || step === 'decline') ? `step.${step}-for` : `step.${step}`)}
        </button>
      ))}
      {asking && (
        <ReasonForm step={asking} busy={busy} reason={reason} change={setReason} send={() => void act(asking)} />
      )}
      <Refusal problem={problem} />
    </div>
  );
}

type ReasonProps = { step: Step; busy: boolean; reason: string; change: (reason: string) => void; send: () => void };
/** Refusals and withdrawals say why. */
function ReasonForm({ step, busy, reason, change, send }: ReasonProps) {
  const field = useId();
  return (
    <form
      className="steps-reason"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label htmlFor={field}>{t('step.reason', { step: t(`step.${step}`) })}</label>
      <input
        id={field}
        className="input"
        value={reason}
        onChange={(event) => change(event.target.value)}
        required
        autoFocus
        maxLength={400}
      />
      <button type="submit" className="button small primary" disabled={busy || reason.trim() === ''}>
        {t('act.confirm')}
      </button>
    </form>
  );
}
