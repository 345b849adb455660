import { useState } from 'react';
import type { ParSettingDto, RollDto } from '../../../../src/dispatch/accountability/roll.dto.js';
import { useFetched } from '../../api/use-fetched.js';
import { useCommand } from '../../api/use-command.js';
import { hourMinute } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useLive } from '../../live/hooks.js';
import { Refusal } from '../../parts/Refusal.js';
import { Since, Until } from '../../parts/Since.js';
import { TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { missingOf, parWait } from './people.rules.js';
import { UnitPeople } from './UnitPeople.js';

/** The live row wins over the fetched one; rolls that are closed come from the server alone. */
function useRolls(incidentId: string): RollDto[] {
  const held = useLive(['roll'], (store) => store.rows('roll').filter((row) => row.incidentId === incidentId), [
    incidentId,
  ]);
  const all = useFetched<{ items: RollDto[] }>(`/rolls?incidentId=${incidentId}`, held.length);
  const byId = new Map((all.data?.items ?? []).map((row) => [row.id, row]));
  for (const row of held) if ((byId.get(row.id)?.version ?? 0) < row.version) byId.set(row.id, row);
  return [...byId.values()].sort((a, b) => a.unitCode.localeCompare(b.unitCode));
}

/** Who of each unit is out, at the scene and back, by number and by name, and whom its clock waits for. */
export function PeoplePanel({ incidentId }: { incidentId: string }) {
  const rolls = useRolls(incidentId);
  const [openId, setOpenId] = useState<string | null>(null);
  const lost = rolls.reduce((sum, { counts }) => sum + counts.unaccounted, 0);
  return (
    <div className="work people panel-scroll">
      <section>
        <h3>
          {t('people.title')} <span className="quiet numeric">{t('people.unaccounted', { count: lost })}</span>
        </h3>
        {rolls.length === 0 && <p className="empty">{t('people.none')}</p>}
        <ul className="work-list">
          {rolls.map((roll) => (
            <UnitLine
              key={roll.id}
              roll={roll}
              open={openId === roll.id}
              toggle={() => setOpenId(openId === roll.id ? null : roll.id)}
            />
          ))}
        </ul>
      </section>
      <section className="people-setting">
        <Interval incidentId={incidentId} />
      </section>
    </div>
  );
}

const FIGURES = ['coming', 'out', 'onScene', 'returning', 'back', 'elsewhere', 'missing'] as const;

function UnitLine({ roll, open, toggle }: { roll: RollDto; open: boolean; toggle: () => void }) {
  const { counts, unnamed, headsTold } = roll;
  const missing = missingOf(roll);
  const named = counts.coming + counts.out + counts.onScene + counts.returning;
  return (
    <li className={missing.length > 0 || roll.par?.state === 'missed' ? 'people-lost' : ''}>
      <button type="button" className="work-head people-head" aria-expanded={open} onClick={toggle}>
        <b className="clip">
          {roll.unitCode} {roll.teamName}
        </b>
        <span className="numeric people-figures">
          {FIGURES.filter((name) => counts[name] > 0).map((name) => (
            <span key={name} className={name === 'missing' ? 'people-missing' : ''}>
              {t(`people.${name}`)} <b>{counts[name]}</b>
            </span>
          ))}
        </span>
        <ParClock roll={roll} />
      </button>
      {missing.length > 0 && (
        <p className="notice problem">
          {t('people.missing-names', { names: missing.map(({ name }) => name).join(t('list.separator')) })}
        </p>
      )}
      {unnamed > 0 && <p className="notice warning">{t('people.unnamed', { count: unnamed })}</p>}
      {headsTold !== null && roll.open && named > 0 && headsTold !== named && missing.length === 0 && (
        <p className="quiet">{t('people.differs', { told: headsTold, named })}</p>
      )}
      {open && <UnitPeople roll={roll} />}
    </li>
  );
}

/** Who is waited for and since when. */
export function ParClock({ roll }: { roll: RollDto }) {
  const { par } = roll;
  if (!par) {
    return (
      <span className="quiet">
        {roll.checkedAt ? t('people.checked', { at: hourMinute(roll.checkedAt) }) : t('people.not-checked')}
      </span>
    );
  }
  const wait = parWait(par);
  return (
    <span className="people-clock">
      {par.result === 'answered-late' && <span className="quiet">{t('par.answered-late')}</span>}
      <span>{t(`waiting.${wait.code}`, { who: par.state === 'asked' ? par.waitingFor : roll.unitCode })}</span>
      <Since at={wait.since} limit={wait.limit} />
      {par.nextAt && par.state !== 'asked' && (
        <span className="quiet">
          {t('par.next')} <Until at={par.nextAt} />
        </span>
      )}
    </span>
  );
}

function Interval({ incidentId }: { incidentId: string }) {
  const [revision, setRevision] = useState(0);
  const { data } = useFetched<ParSettingDto>(`/incidents/${incidentId}/par`, revision);
  const [minutes, setMinutes] = useState('');
  const [reason, setReason] = useState('');
  const { busy, problem, send } = useCommand();
  const set = async () => {
    const done = await send(`/incidents/${incidentId}/par`, { intervalMin: Number(minutes), reason: reason.trim() }, 'PUT'); // prettier-ignore
    if (!done) return;
    say(t('par.set-done', { minutes }));
    setMinutes('');
    setReason('');
    setRevision(revision + 1);
  };
  return (
    <form
      className="people-form"
      onSubmit={(event) => {
        event.preventDefault();
        void set();
      }}
    >
      <h3>{t('par.interval')}</h3>
      {data && (
        <p className="quiet">
          {t(data.own ? 'par.interval-own' : 'par.interval-default', {
            minutes: data.intervalS / 60,
            who: data.setBy,
            reason: data.reason,
          })}
        </p>
      )}
      <div className="people-row">
        <TextField label={t('par.minutes')} type="units" value={minutes} set={setMinutes} required />
        <TextField label={t('par.why')} value={reason} set={setReason} required />
        <button type="submit" className="button" disabled={busy || minutes === '' || reason.trim() === ''}>
          {t('par.set')}
        </button>
      </div>
      <Refusal problem={problem} />
    </form>
  );
}
