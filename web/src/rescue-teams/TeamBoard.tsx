import { memo, useMemo, useState } from 'react';
import { desk } from '../desk/desk-state.js';
import { t } from '../i18n/i18n.js';
import type { ClockLimits } from '../../../src/settings/clock-limits.rules.js';
import type { Limit, Severity } from '../live/ageing.rules.js';
import { useLive, useRow } from '../live/hooks.js';
import { live } from '../live/live.js';
import { distanceM, kmText } from '../map/distance.rules.js';
import { AssignmentSteps } from '../dispatch/AssignmentSteps.js';
import { UnitGlyph } from '../parts/marks.js';
import { reasonText } from '../parts/reason.js';
import { Since } from '../parts/Since.js';
import { useWindow } from '../parts/use-window.js';
import { useLimits } from '../settings/limits.js';
import { useMatcher } from '../app/pinyin.js';
import { unitShort, unitText } from './unit-name.rules.js';
import { lookOf, LOOKS, neverTimesOut, stateKey, stateSince } from './unit-state.rules.js';
import type { Look } from './unit-state.rules.js';

const ROW_PX = 27;

/** All units, dense, by state; those that need an answer first. */
export function TeamBoard() {
  const [wanted, setWanted] = useState('');
  const [openId, setOpenId] = useState<string | null>(null);
  const matches = useMatcher(wanted);
  const measured = desk.use((state) => state.selectedId !== null);
  const order = useLive(['team-unit'], (store) => {
    const rank = (look: Look) => LOOKS.indexOf(look);
    return store
      .rows('team-unit')
      .map((unit) => ({ id: unit.id, look: lookOf(unit), name: unit.teamCode + unit.code }))
      .sort((a, b) => rank(a.look) - rank(b.look) || a.name.localeCompare(b.name))
      .map(({ id, look }) => `${look} ${id}`);
  });
  const groups = useMemo(() => {
    const found = new Map<Look, string[]>(LOOKS.map((look) => [look, []]));
    for (const entry of order) {
      const [look, id] = entry.split(' ') as [Look, string];
      const unit = live.store.row('team-unit', id);
      if (unit && (wanted === '' || matches(`${unit.teamName}${unit.name} ${unit.code}`))) found.get(look)!.push(id);
    }
    return found;
  }, [order, wanted, matches]);
  const ids = useMemo(() => LOOKS.flatMap((look) => groups.get(look)!), [groups]);
  const { ref, shown, beforePx, afterPx } = useWindow<HTMLUListElement>(ids, { rowPx: ROW_PX });
  return (
    <div className={`board${measured ? ' with-distance' : ''}`}>
      <div className="board-tally">
        {LOOKS.map((look) => (
          <span key={look}>
            <UnitGlyph look={look} /> {t(`look.${look}`)} <b className="numeric">{groups.get(look)!.length}</b>
          </span>
        ))}
      </div>
      <input
        className="input board-filter"
        type="search"
        value={wanted}
        placeholder={t('board.filter')}
        aria-label={t('board.filter')}
        onChange={(event) => setWanted(event.target.value)}
      />
      <div className="board-scroll" data-scroll tabIndex={0} role="group" aria-label={t('tab.teams')}>
        <ul ref={ref} className="board-list live-figures" style={{ paddingTop: beforePx, paddingBottom: afterPx }}>
          {shown.map((id) => (
            <UnitRow key={id} id={id} open={openId === id} toggle={setOpenId} />
          ))}
        </ul>
        {order.length === 0 && <p className="empty">{t('board.empty')}</p>}
      </div>
    </div>
  );
}

function limitOf(status: string | undefined, severity: Severity | undefined, limits: ClockLimits): Limit | null {
  if (status === 'alerted' || status === 'reserved') return { limitS: limits.unansweredS[severity ?? 'IV'] };
  return status === 'working' || status === 'on-scene' ? limits.checkIn : null;
}

type RowProps = { id: string; open: boolean; toggle: (id: string | null) => void };
const UnitRow = memo(function UnitRow({ id, open, toggle }: RowProps) {
  const unit = useRow('team-unit', id);
  const incident = useRow('incident', unit?.booking?.incidentId);
  const selectedId = desk.use((state) => state.selectedId);
  const selected = useRow('incident', selectedId);
  const limits = useLimits(incident?.leadSocietyId);
  if (!unit) return null;
  const look = lookOf(unit);
  const mine = selectedId !== null && unit.booking?.incidentId === selectedId;
  const limit = neverTimesOut(unit) ? null : limitOf(unit.booking?.status, incident?.severity, limits);
  const heardAt =
    unit.positionAt && limit === limits.checkIn && unit.positionAt > stateSince(unit)
      ? unit.positionAt
      : stateSince(unit);
  return (
    <li data-row={id} className={`unit-row${mine ? ' mine' : ''}`}>
      <button type="button" aria-expanded={open} onClick={() => toggle(open ? null : id)}>
        <UnitGlyph look={look} />
        <span className="unit-name" title={unitText(unit)}>
          <span className="clip">{unit.teamName}</span> <span className="quiet">{unitShort(unit)}</span>
        </span>
        <span className="numeric quiet" title={t('board.people')}>
          {t('board.headcount', { count: unit.headcount })}
        </span>
        {selectedId && (
          <span className="numeric quiet">
            {selected && t('board.km', { km: kmText(distanceM(unit.position, selected.location)) })}
          </span>
        )}
        <span className="clip">{t(stateKey(unit))}</span>
        <Since at={heardAt} limit={limit} />
      </button>
      {open && <UnitDetail id={id} />}
    </li>
  );
});

function UnitDetail({ id }: { id: string }) {
  const unit = useRow('team-unit', id);
  const team = useRow('team', unit?.teamId);
  const incident = useRow('incident', unit?.booking?.incidentId);
  if (!unit) return null;
  return (
    <div className="unit-detail">
      <p>
        <span className="quiet">{unit.code}</span> ·{' '}
        {unit.capabilities.map((each) => t(`speciality.${each}`)).join(' · ')}
      </p>
      {incident && (
        <p>
          {t('board.at')}{' '}
          <button type="button" className="button small bare" onClick={() => desk.set({ selectedId: incident.id })}>
            {incident.title}
          </button>
        </p>
      )}
      {unit.reasons.length > 0 && (
        <ul className="reasons">
          {unit.reasons.map((reason) => (
            <li key={reason.code}>{reasonText(reason)}</li>
          ))}
        </ul>
      )}
      {unit.booking ? (
        <AssignmentSteps assignmentId={unit.booking.assignmentId} />
      ) : (
        team?.leaderPhone && (
          <a className="numeric" href={`tel:${team.leaderPhone}`}>
            {team.leaderName} {team.leaderPhone}
          </a>
        )
      )}
    </div>
  );
}
