import { useState } from 'react';
import type { SocietyDto } from '../../../../src/access/access.dto.js';
import type { RosterDto } from '../../../../src/duty/duty.dto.js';
import { query } from '../../api/http.js';
import { useFetched } from '../../api/use-fetched.js';
import { hourMinute, stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { serverNow, useCoarseNow } from '../../live/clock.js';
import { useChanged } from '../../live/use-changed.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { byDay, startOfDay } from './days.rules.js';
import { AddShift, MakeRoster } from './RosterForms.js';
import { ShiftRow } from './ShiftRow.js';

const DAYS = 7;
const WEEK_MS = DAYS * 86_400_000;

/** A week of the roster of a desk: who is on duty now, what is wrong, and every shift with what may be done about it. */
export function Roster({ desk }: { desk: SocietyDto }) {
  const changed = useChanged('duty-shift');
  const minute = useCoarseNow(60);
  const [week, setWeek] = useState(0);
  const from = new Date(startOfDay(serverNow()) + week * WEEK_MS).toISOString();
  const path = `/duty/roster${query({ societyId: desk.id, from, days: DAYS })}`;
  const { data, problem, reload } = useFetched<RosterDto>(path, `${changed} ${minute}`);
  if (!data) return problem ? <Refusal problem={problem} /> : <Loading />;
  return (
    <>
      <Refusal problem={problem} />
      <OnDuty roster={data} />
      <Wrong roster={data} />
      <nav className="work-nav" aria-label={t('duty.week')}>
        <button type="button" className="button" onClick={() => setWeek(week - 1)}>
          <span aria-hidden="true">‹</span> {t('duty.week-before')}
        </button>
        <button type="button" className="button" disabled={week === 0} onClick={() => setWeek(0)}>
          {t('duty.week-now')}
        </button>
        <button type="button" className="button" onClick={() => setWeek(week + 1)}>
          {t('duty.week-after')} <span aria-hidden="true">›</span>
        </button>
      </nav>
      {data.shifts.length === 0 && <p className="empty">{t(data.kept ? 'duty.week-empty' : 'duty.none')}</p>}
      {byDay(data.shifts).map(({ day, rows }) => (
        <section key={day} aria-label={day}>
          <h3 className="paper-section">{day}</h3>
          <ul className="duty-shifts">
            {rows.map((shift) => (
              <ShiftRow key={shift.id} shift={shift} roster={data} reload={reload} />
            ))}
          </ul>
        </section>
      ))}
      <MakeRoster desk={desk} people={data.people} reload={reload} />
      <AddShift desk={desk} people={data.people} reload={reload} />
    </>
  );
}

function OnDuty({ roster }: { roster: RosterDto }) {
  const able = roster.onDuty.filter((shift) => shift.able);
  return (
    <p className="duty-now" data-tour="duty-now">
      <b>{t('duty.now')}</b>{' '}
      {able.length === 0
        ? t(roster.kept ? 'duty.now-nobody' : 'duty.now-no-roster')
        : able.map(({ name, role, endsAt }) => t('duty.now-person', { name, role: t(`role.${role}`), until: hourMinute(endsAt) })).join(t('duty.and'))}
    </p>
  ); // prettier-ignore
}

/** Gaps and people at two places, in words: where, and what to do about it. */
function Wrong({ roster }: { roster: RosterDto }) {
  if (roster.gaps.length + roster.doubles.length === 0)
    return roster.kept ? <p className="quiet">{t('duty.no-gaps')}</p> : null;
  return (
    <div className="notice warning">
      <ul>
        {roster.gaps.map(({ role, from, to }) => (
          <li key={`${role} ${from}`}>
            {t('duty.gap', { role: t(`role.${role}`), from: stamp(from), to: stamp(to) })}
          </li>
        ))}
        {roster.doubles.map(({ name, from, to, shiftIds }) => (
          <li key={shiftIds.join(' ')}>{t('duty.double', { name, from: stamp(from), to: stamp(to) })}</li>
        ))}
      </ul>
    </div>
  );
}
