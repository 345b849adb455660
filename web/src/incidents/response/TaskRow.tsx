import { useState } from 'react';
import type { FormEvent } from 'react';
import type { TaskDto } from '../../../../src/incidents/response/responses.dto.js';
import { useCommand } from '../../api/use-command.js';
import { useSession } from '../../access/session.js';
import { isBelow } from '../../access/societies.js';
import { stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useCoarseNow } from '../../live/clock.js';
import { useLive, useRow } from '../../live/hooks.js';
import { live } from '../../live/live.js';
import { Refusal } from '../../parts/Refusal.js';
import { Until } from '../../parts/Since.js';
import { TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { committedTo } from './committed.js';
import { isLate, stepsOf } from './tasks.rules.js';
import type { TaskStep } from './tasks.rules.js';
import { lineText } from './words.js';

/** One task: what, for whom, until when, who has it, and the steps that I may take. */
export function TaskRow({ task, withIncident = false }: { task: TaskDto; withIncident?: boolean }) {
  const now = useCoarseNow(15);
  const incident = useRow('incident', withIncident ? task.incidentId : null);
  const society = useRow('society', task.societyId);
  const words = lineText(task, live.store);
  const late = isLate(task, now);
  return (
    <li className={`task-row${late ? ' late' : ''}${task.endedAt ? ' ended' : ''}`}>
      <p className="task-head">
        {task.act === 'release' && <span className="task-act">{t('task-act.release')}</span>}
        <b>{words}</b>
        {task.endedAt === null && <Until at={task.dueAt} />}
      </p>
      <p className="quiet">
        {incident && (
          <a href={`#/incidents/${task.incidentId}/response`} className="clip">
            {incident.title}
          </a>
        )}{' '}
        {society?.shortName} · {t(`response-level.${task.level}`)} · {t(`role.${task.ownerRole}`)} ·{' '}
        {t('task.due', { at: stamp(task.dueAt) })} <Committed task={task} />
      </p>
      <TaskState task={task} />
      <TaskSteps task={task} words={words} />
    </li>
  );
}

/** For teams and goods: what has been sent so far, whoever sent it. */
function Committed({ task }: { task: TaskDto }) {
  const sent = useLive(['assignment', 'supply-order'], (store) => committedTo(store, task.incidentId, task), [task.id]);
  return sent === null || task.endedAt !== null ? null : <>· {t('task.committed', { sent, count: task.count })}</>;
}

function TaskState({ task }: { task: TaskDto }) {
  if (task.state === 'open') return null;
  if (task.state === 'taken')
    return <p>{t('task.taken-by', { name: task.takenBy ?? '', at: stamp(task.takenAt ?? '') })}</p>;
  return (
    <p>
      {t(`task.ended-${task.state}`, { name: task.endedBy ?? '', at: stamp(task.endedAt ?? '') })}
      {task.endedReason && <> · {task.endedReason}</>}
    </p>
  );
}

function TaskSteps({ task, words }: { task: TaskDto; words: string }) {
  const { actor } = useSession();
  const { busy, problem, send, clear } = useCommand();
  const [reason, setReason] = useState<string | null>(null);
  const steps = useLive(
    ['society'],
    (store) => (actor ? stepsOf(task, actor, (id, above) => isBelow(store, id, above)) : []),
    [actor, task.version],
  );
  const act = async (step: TaskStep, body: object = {}) => {
    if (!(await send(`/tasks/${task.id}/${step}`, { version: task.version, ...body }))) return;
    setReason(null);
    say(t('said.task', { step: t(`task-step.${step}`), words }));
  };
  const keep = () => {
    clear();
    setReason(null);
  };
  const drop = (event: FormEvent) => {
    event.preventDefault();
    void act('drop', { reason: reason?.trim() });
  };
  if (steps.length === 0) return null;
  if (reason !== null) {
    return (
      <form className="task-drop" onSubmit={drop}>
        <TextField label={t('task.drop-reason')} value={reason} set={setReason} required focus />
        <Refusal problem={problem} />
        <div className="form-row">
          <button type="submit" className="button small" disabled={busy || reason.trim() === ''}>
            {t('task-step.drop')}
          </button>
          <button type="button" className="button small bare" onClick={keep}>
            {t('act.cancel')}
          </button>
        </div>
      </form>
    );
  }
  return (
    <>
      <div className="task-steps">
        {steps.map((step) => (
          <button
            key={step}
            type="button"
            className={`button small${step === 'take' || step === 'finish' ? ' primary' : ''}`}
            disabled={busy}
            onClick={() => (step === 'drop' ? setReason('') : void act(step))}
          >
            {t(`task-step.${step}`)}
          </button>
        ))}
      </div>
      <Refusal problem={problem} />
    </>
  );
}
