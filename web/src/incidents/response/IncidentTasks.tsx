import { useState } from 'react';
import type { TaskDto } from '../../../../src/incidents/response/responses.dto.js';
import { useFetched } from '../../api/use-fetched.js';
import { t } from '../../i18n/i18n.js';
import { useLive } from '../../live/hooks.js';
import { useChanged } from '../../live/use-changed.js';
import { Refusal } from '../../parts/Refusal.js';
import { DropIdle } from './DropIdle.js';
import { byDue } from './tasks.rules.js';
import { TaskRow } from './TaskRow.js';

/** Tasks of one incident: those that wait, live; those that ended when asked for. */
export function IncidentTasks({ incidentId }: { incidentId: string }) {
  const [ended, setEnded] = useState(false);
  const open = useLive(
    ['task'],
    (store) =>
      store
        .rows('task')
        .filter((task) => task.incidentId === incidentId)
        .sort(byDue),
    [incidentId],
  );
  return (
    <section aria-label={t('tasks.title')}>
      <h3>{t('tasks.title-count', { count: open.length })}</h3>
      {open.length === 0 && <p className="quiet">{t('tasks.none-open')}</p>}
      <DropIdle tasks={open} />
      <ul className="task-list">
        {open.map((task) => (
          <TaskRow key={task.id} task={task} />
        ))}
      </ul>
      <button type="button" className="button small" aria-expanded={ended} onClick={() => setEnded(!ended)}>
        {t(ended ? 'tasks.hide-ended' : 'tasks.show-ended')}
      </button>
      {ended && <EndedTasks incidentId={incidentId} />}
    </section>
  );
}

function EndedTasks({ incidentId }: { incidentId: string }) {
  const { data, problem } = useFetched<{ items: TaskDto[] }>(
    `/tasks?incidentId=${incidentId}&open=false&limit=500`,
    useChanged('task'),
  );
  if (!data) return problem ? <Refusal problem={problem} /> : <p className="quiet">{t('app.loading')}</p>;
  if (data.items.length === 0) return <p className="quiet">{t('tasks.none-ended')}</p>;
  return (
    <ul className="task-list">
      {data.items.map((task) => (
        <TaskRow key={task.id} task={task} />
      ))}
    </ul>
  );
}
