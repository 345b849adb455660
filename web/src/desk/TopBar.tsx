import { go } from '../app/routes.js';
import { maySomewhere } from '../access/may.js';
import { useSession } from '../access/session.js';
import { timeOfDay } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { clockSkewMs, useNow } from '../live/clock.js';
import { useLive } from '../live/hooks.js';
import { isClockFault, LINK_SIGNS } from '../live/link.rules.js';
import { useLink } from '../live/use-link.js';
import type { Severity } from '../live/ageing.rules.js';
import { SeverityChip } from '../parts/marks.js';
import { Since } from '../parts/Since.js';
import { choosePreset, desk, PRESETS } from './desk-state.js';
import { MuteBadges } from '../alarms/Mutes.js';
import { Menu } from './Menu.js';
import { OnDuty } from './OnDuty.js';
import { useAlarms, useLane } from './use-alarms.js';

const GRADES: Severity[] = ['I', 'II', 'III', 'IV'];

export function TopBar() {
  const { actor } = useSession();
  const society = actor?.grants[0]?.societyName ?? '';
  const exercise = desk.use((state) => state.exercise);
  const grave = useLive(['incident'], (store) => store.rows('incident').some(({ severity, status }) => severity <= 'II' && status !== 'stabilised')); // prettier-ignore
  return (
    <header className="top">
      <h1 className="clip" title={society}>
        {exercise && <span className="drill-mark">{t('drill.prefix')}</span>}
        {society}
      </h1>
      <span className="quiet clip">
        {actor?.name} · {actor?.grants[0] ? t(`role.${actor.grants[0].role}`) : ''}
      </span>
      <OnDuty />
      <span className={`tempo${grave ? ' emergency' : ''}`}>{t(grave ? 'top.emergency' : 'top.ordinary')}</span>
      <Presets />
      <LaneBadge />
      <AlarmCounts />
      <MuteBadges />
      <span className="top-space" />
      <button type="button" className="button small command-open" onClick={() => desk.set({ overlay: 'command' })}>
        <kbd>/</kbd> {t('command.open')}
      </button>
      {maySomewhere(actor, 'incident.report') && (
        <button type="button" className="button small primary" onClick={() => go('incidents/new')}>
          <kbd>N</kbd> {t('top.new')}
        </button>
      )}
      <LinkBadge />
      <DeskClock />
      <Menu />
    </header>
  );
}

function Presets() {
  const preset = desk.use((state) => state.preset);
  return (
    <div className="presets" role="group" aria-label={t('top.presets')}>
      {PRESETS.map((each) => (
        <button key={each} type="button" aria-pressed={each === preset} onClick={() => choosePreset(each)}>
          {t(`preset.${each}`)}
        </button>
      ))}
    </div>
  );
}

/** Always there, also at zero (C-03). */
function LaneBadge() {
  const { count, oldestAt } = useLane(desk.use((state) => state.exercise));
  return (
    <span className={`lane-badge${count > 0 ? ' filled' : ''}`}>
      {t('top.lane', { count })} {oldestAt && <Since at={oldestAt} />}
    </span>
  );
}

function AlarmCounts() {
  const alarms = useAlarms(desk.use((state) => state.exercise));
  return (
    <button
      type="button"
      className="alarm-counts"
      onClick={() => desk.set({ overlay: 'alarms' })}
      aria-label={t('alarms.open', { count: alarms.length })}
    >
      {GRADES.map((severity) => {
        const those = alarms.filter((alarm) => alarm.severity === severity);
        return (
          <span key={severity} className={those.length === 0 ? 'none' : ''}>
            <SeverityChip severity={severity} />
            <b className="numeric">{those.length}</b>
          </span>
        );
      })}
    </button>
  );
}

function LinkBadge() {
  const link = useLink();
  const mark = LINK_SIGNS[link.state];
  return (
    <span
      className={`link link-${link.state}`}
      role="status"
      title={link.state === 'unanswered' ? t('link.unanswered-title') : undefined}
    >
      <span aria-hidden="true">{mark}</span> {t(`link.${link.state}`, { seconds: link.silentS })}
    </span>
  );
}

function DeskClock() {
  const nowMs = useNow();
  const skewMs = clockSkewMs();
  return (
    <span className="desk-clock">
      <time dateTime={new Date(nowMs).toISOString()} className="numeric">
        {timeOfDay(nowMs)}
      </time>
      {isClockFault(skewMs) && (
        <span className="age-red" title={t('clock.skew-title')}>
          {t('clock.skew', { seconds: Math.round(skewMs / 1000) })}
        </span>
      )}
    </span>
  );
}
