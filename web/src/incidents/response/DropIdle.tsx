import { useState } from 'react';
import type { FormEvent } from 'react';
import type { TaskDto } from '../../../../src/incidents/response/responses.dto.js';
import { useSession } from '../../access/session.js';
import { isBelow } from '../../access/societies.js';
import { problemOf, type ProblemError, request } from '../../api/http.js';
import { newId } from '../../api/ids.js';
import { count } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useLive } from '../../live/hooks.js';
import { Refusal } from '../../parts/Refusal.js';
import { TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { idleOf, stepsOf } from './tasks.rules.js';

/** One reason for all tasks that nobody took and that nothing asks for any more; one by one at the server, each with its line in the record. */
export function DropIdle({ tasks }: { tasks: readonly TaskDto[] }) {
  const { actor } = useSession();
  const [reason, setReason] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const idle = useLive(
    ['response', 'society'],
    (store) => {
      const running = new Set(store.rows('response').flatMap(({ id, level }) => (level === null ? [] : [id])));
      const below = (id: string, above: string) => isBelow(store, id, above);
      return idleOf(tasks, running).filter((task) => actor && stepsOf(task, actor, below).includes('drop'));
    },
    [tasks, actor],
  );
  if (idle.length < 2) return null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      for (const [at, { id, version }] of idle.entries())
        await request('POST', `/tasks/${id}/drop`, {
          body: { version, reason: reason?.trim() }, key: newId(), shown: at + 1 === idle.length,
        }); // prettier-ignore
      say(t('said.tasks-dropped', { count: count(idle.length) }));
      setReason(null);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  if (reason === null)
    return (
      <p className="notice">
        {t('tasks.idle', { count: count(idle.length) })}{' '}
        <button type="button" className="button small" onClick={() => setReason('')}>
          {t('tasks.drop-idle')}
        </button>
      </p>
    );
  return (
    <form className="task-drop notice" onSubmit={(event) => void submit(event)}>
      <TextField label={t('tasks.drop-idle-reason', { count: count(idle.length) })} value={reason} set={setReason} required focus />
      <Refusal problem={problem} />
      <div className="form-row">
        <button type="submit" className="button small" disabled={busy || reason.trim() === ''}>
          {t('tasks.drop-idle')}
        </button>
        <button type="button" className="button small bare" onClick={() => setReason(null)}>
          {t('act.cancel')}
        </button>
      </div>
    </form>
  );
} // prettier-ignore
