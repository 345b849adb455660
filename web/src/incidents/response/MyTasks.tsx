import { useSession } from '../../access/session.js';
import { t } from '../../i18n/i18n.js';
import { useCoarseNow } from '../../live/clock.js';
import { useLive } from '../../live/hooks.js';
import { Empty } from '../../parts/Empty.js';
import { desk } from '../../desk/desk-state.js';
import { myTasksIn } from './my-tasks.js';
import { isLate } from './tasks.rules.js';
import { TaskRow } from './TaskRow.js';
import './response.css';

const SUBJECTS = ['task', 'incident', 'society'] as const;

/** How many tasks are mine, and how many of them are overdue. */
export function useMyTaskCount(): { count: number; late: number } {
  const { actor } = useSession();
  const exercise = desk.use((state) => state.exercise);
  const now = useCoarseNow(15);
  const [count, late] = useLive(
    SUBJECTS,
    (store) => {
      const mine = myTasksIn(store, actor, exercise);
      return [mine.length, mine.filter((task) => isLate(task, now)).length] as const;
    },
    [actor, exercise, now],
  );
  return { count, late };
}

/** The desk's own list: what waits for me, over all incidents. */
export function MyTasks() {
  const { actor } = useSession();
  const exercise = desk.use((state) => state.exercise);
  const tasks = useLive(SUBJECTS, (store) => myTasksIn(store, actor, exercise), [actor, exercise]);
  if (tasks.length === 0)
    return <Empty words={t('tasks.none-mine')} next={[{ href: '#/plans', words: t('menu.plans') }]} />;
  return (
    <div className="panel-scroll" tabIndex={0} role="group" aria-label={t('tab.tasks')}>
      <ul className="task-list">
        {tasks.map((task) => (
          <TaskRow key={task.id} task={task} withIncident />
        ))}
      </ul>
    </div>
  );
}
