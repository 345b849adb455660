import { useState } from 'react';
import type { RobotStateDto, RobotTrialDto } from '../../../src/alerts/robots/robots.dto.js';
import { useCommand } from '../api/use-command.js';
import { useFetched } from '../api/use-fetched.js';
import { stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { Act, Press } from '../parts/Act.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';
import { say } from '../parts/toast.js';
import { failureWords } from './failure.js';
import { AddRobotForm, ChangeRobotForm } from './RobotForm.js';

/** The group robots of the societies that the reader administrates. */
export function RobotsPart() {
  const { data, problem, reload } = useFetched<{ items: RobotStateDto[] }>('/robots?limit=200');
  const [adding, setAdding] = useState(false);
  const added = () => {
    setAdding(false);
    reload();
  };
  return (
    <section className="channels-part">
      <header className="channels-head">
        <h2>{t('robots.title')}</h2>
        <button type="button" className="button" onClick={reload}>
          {t('robots.refresh')}
        </button>
      </header>
      <p>{t('robots.what')}</p>
      <Refusal problem={problem} />
      {!data && !problem && <Loading />}
      {data?.items.length === 0 && !adding && <p className="empty">{t('robots.none')}</p>}
      <ul className="channels-robots">
        {(data?.items ?? []).map((robot) => (
          <RobotRow key={robot.id} robot={robot} done={reload} />
        ))}
      </ul>
      {adding ? (
        <AddRobotForm done={added} back={() => setAdding(false)} />
      ) : (
        <button type="button" className="button primary" onClick={() => setAdding(true)}>
          {t('robots.add')}
        </button>
      )}
    </section>
  );
}

function RobotRow({ robot, done }: { robot: RobotStateDto; done: () => void }) {
  const [changing, setChanging] = useState(false);
  const [trial, setTrial] = useState<RobotTrialDto | null>(null);
  const { id, kind, name, societyName, hint, signed, severity, version, pausedAt } = robot;
  const tried = (answer: RobotTrialDto) => {
    setTrial(answer);
    done();
  };
  return (
    <li className="channels-robot" data-robot={id}>
      <div>
        <h3>{name}</h3>
        <p>
          {[societyName, t(`robots.kind.${kind}`), t(`robots.from.${severity}`), pausedAt ? t('robots.paused') : t('robots.works')].join(' · ')}
        </p>
        <p className="quiet">
          {t('robots.key', { hint })} · {t(signed ? 'robots.signed' : 'robots.unsigned')} ·{' '}
          {t('robots.changed', { who: robot.changedBy, at: stamp(robot.changedAt) })}
        </p>
        <p className={robot.lastFailure || robot.failed > 0 ? 'wrong' : 'quiet'}>{stateOf(robot)}</p>
        {robot.keyLost && (
          <p className="notice warning" data-key-lost>
            {t('robots.key-lost')}
          </p>
        )}
        {trial && <Outcome trial={trial} name={name} />}
      </div>
      {changing ? (
        <ChangeRobotForm
          robot={robot}
          back={() => setChanging(false)}
          done={() => {
            setChanging(false);
            done();
          }}
        />
      ) : (
        <div className="form-acts">
          <Act look="plain" label={t('robots.try', { name })} path={`/robots/${id}/trial`} done={tried} />
          <button type="button" className="button" onClick={() => setChanging(true)}>
            {t('robots.change', { name })}
          </button>
          <Pause robot={robot} done={done} />
          <Act
            look="plain"
            label={t('robots.remove', { name })}
            path={`/robots/${id}/remove`}
            body={{ version }}
            said={t('robots.said-removed', { name })}
            done={done}
          />
        </div>
      )}
    </li>
  ); // prettier-ignore
}

function Pause({ robot: { id, name, version, pausedAt }, done }: { robot: RobotStateDto; done: () => void }) {
  const { busy, problem, send } = useCommand();
  const paused = pausedAt === null;
  const press = async () => {
    if (!(await send(`/robots/${id}`, { version, paused }, 'PATCH'))) return;
    say(t(paused ? 'robots.said-paused' : 'robots.said-resumed', { name }));
    done();
  };
  const label = t(paused ? 'robots.pause' : 'robots.resume', { name });
  return <Press look="plain" label={label} busy={busy} problem={problem} blocked={null} press={() => void press()} />;
}

function Outcome({ trial, name }: { trial: RobotTrialDto; name: string }) {
  return trial.sent ? (
    <p className="notice good" role="status">
      {t('robots.tried', { name })}
    </p>
  ) : (
    <p className="notice warning" role="alert">
      {t('robots.tried-failed', { name, why: failureWords(trial.failure ?? '') })}
    </p>
  );
}

/** What it did in the last day, what waits, and how its last message went. */
function stateOf({ sent, waiting, failed, lastAt, lastFailure }: RobotStateDto): string {
  const figures = t('robots.day', { sent, waiting, failed });
  if (!lastAt) return `${figures} ${t('robots.never')}`;
  const last = lastFailure
    ? t('robots.last-failed', { at: stamp(lastAt), why: failureWords(lastFailure) })
    : t('robots.last', { at: stamp(lastAt) });
  return `${figures} ${last}`;
}
