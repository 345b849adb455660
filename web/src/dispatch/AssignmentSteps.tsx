import { useState } from 'react';
import type { AlertDto, AnswerAlert } from '../../../src/alerts/alerts.dto.js';
import type { TeamDto } from '../../../src/rescue-teams/rescue-teams.dto.js';
import { useCommand } from '../api/use-command.js';
import { t } from '../i18n/i18n.js';
import { useLive, useRow } from '../live/hooks.js';
import { Refusal } from '../parts/Refusal.js';
import { say } from '../parts/toast.js';
import { PromiseForm } from './PromiseForm.js';
import { ReasonForm } from './ReasonForm.js';
import { needsReason, stepsOf } from './steps.rules.js';
import type { Step } from './steps.rules.js';

const isAnswer = (step: Step): step is 'accept' | 'decline' => step === 'accept' || step === 'decline';

/** Leader and deputy, in the order in which they are called. */
function Phones({ team }: { team: TeamDto | undefined }) {
  const people = [
    [team?.leaderName, team?.leaderPhone],
    [team?.deputyName, team?.deputyPhone],
  ];
  return people.map(
    ([name, phone]) =>
      phone && (
        <a key={phone} href={`tel:${phone}`} className="numeric">
          {name} {phone}
        </a>
      ),
  );
}

/** The next steps of an assignment, taken by the desk in the name of the team (phone, radio). */
export function AssignmentSteps({ assignmentId }: { assignmentId: string }) {
  const assignment = useRow('assignment', assignmentId);
  const team = useRow('team', assignment?.teamId);
  const alert = useLive(['alert'], (store) => store.rows('alert').find((each) => each.assignmentId === assignmentId), [
    assignmentId,
  ]);
  const [asking, setAsking] = useState<Step | 'promise' | null>(null);
  const { busy, problem, send } = useCommand();
  if (!assignment) return null;
  const name = `${assignment.teamName} ${assignment.unitCode}`;
  const done = (words: string) => {
    setAsking(null);
    say(t('said.step', { team: name, step: words }));
  };
  // An answer goes to the alert, so that its escalation stops; it is in the words of the person who is asked now.
  const answer = async (to: AlertDto, content: AnswerAlert) => {
    const onBehalfOf = to.waitingFor ?? team?.leaderName ?? assignment.teamName;
    if (await send(`/alerts/${to.id}/answers`, { ...content, onBehalfOf })) done(t(`answer.${content.answer}`));
  };
  const take = async (step: Step, reason?: string) => {
    if (needsReason(step) && reason === undefined) return setAsking(step);
    const why = reason ? { reason } : {};
    if (alert && isAnswer(step)) return answer(alert, { answer: step, ...why });
    if (await send(`/assignments/${assignment.id}/${step}`, { version: assignment.version, ...why }))
      done(t(`step.${step}`));
  };
  const words = (step: Step) => t(alert && isAnswer(step) ? `step.${step}-for` : `step.${step}`);
  const steps = stepsOf(assignment.status);
  return (
    <div className="steps">
      <Phones team={team} />
      {steps.map((step, index) => (
        <button
          key={step}
          type="button"
          disabled={busy}
          className={`button small${index === 0 ? ' primary' : ''}`}
          onClick={() => void take(step)}
        >
          {words(step)}
        </button>
      ))}
      {alert && steps.includes('accept') && (
        <button type="button" disabled={busy} className="button small" onClick={() => setAsking('promise')}>
          {t('step.promise-for')}
        </button>
      )}
      {asking === 'promise' && alert && <PromiseForm busy={busy} send={(content) => void answer(alert, content)} />}
      {asking && asking !== 'promise' && (
        <ReasonForm
          key={asking}
          label={t('step.reason', { step: t(`step.${asking}`) })}
          busy={busy}
          send={(reason) => void take(asking, reason)}
        />
      )}
      <Refusal problem={problem} />
    </div>
  );
}
