import { useEffect } from 'react';
import { acknowledge } from '../alarms/acknowledging.js';
import { isRepeat, isSilenceable } from '../alarms/alarm-state.rules.js';
import type { ShownAlarm } from '../alarms/alarm-state.rules.js';
import { Owner } from '../alarms/AlarmList.js';
import { firstAudible } from '../alarms/mute.rules.js';
import { useNoting } from '../alarms/noting.js';
import { go } from '../app/routes.js';
import { t } from '../i18n/i18n.js';
import { serverNow } from '../live/clock.js';
import { SeverityChip } from '../parts/marks.js';
import { Since } from '../parts/Since.js';
import { isFlood } from './alarms.rules.js';
import { desk } from './desk-state.js';
import { openAlarm } from './open-alarm.js';
import { ring, ringForHelp, tryOut, useMutes, useSound } from './sound.js';
import { isCalling, useAlarms, useLane } from './use-alarms.js';

const REPEAT_MS = 10_000;

/** One sentence: what waits for you, the gravest of it, and the one thing to do about it. */
export function AlarmStrip() {
  const all = useAlarms(desk.use((state) => state.exercise));
  useNoting();
  const alarms = all.filter(({ heard }) => heard);
  const calling = alarms.filter(isCalling);
  useRinging(calling);
  const top = calling[0] ?? alarms[0];
  if (!top) {
    return (
      <section className="strip" aria-label={t('alarms.title')}>
        <Quiet elsewhere={all.length} />
        <span className="top-space" />
        <LockedBar />
        {all.length > 0 && <AllButton count={all.length} />}
      </section>
    );
  }
  const aside = alarms.filter(({ state }) => state === 'snoozed').length;
  const flood = isFlood(alarms, serverNow());
  return (
    <section className={`strip has-alarms${calling.length > 0 ? ' calling' : ''}`} aria-label={t('alarms.title')}>
      <span>{t(flood ? 'alarms.flood' : 'alarms.waiting', { count: alarms.length, calling: calling.length })}</span>
      {aside > 0 && <span className="quiet">{t('alarms.aside', { count: aside })}</span>}
      <SeverityChip severity={top.severity} />
      <b className="clip">
        {t('alarms.sentence', { place: top.place, cause: t(`waiting.${top.code}`, { who: top.who }) })}
      </b>
      <Since at={top.since} limit={{ limitS: 1 }} />
      <span className="clip quiet">{t(`act.${top.code}`, { who: top.who })}</span>
      <span className="clip quiet">
        <Owner alarm={top} />
      </span>
      <span className="top-space" />
      <LockedBar />
      <button type="button" className="button small primary" onClick={() => openAlarm(top)}>
        {t('alarms.go')}
      </button>
      {calling.length > 0 && isSilenceable(top) && (
        <button type="button" className="button small" onClick={() => void acknowledge([top])}>
          <kbd>A</kbd> {t('alarms.acknowledge')}
        </button>
      )}
      <AllButton count={all.length} />
    </section>
  );
}

/** No alarm rings here. That is no rest while incidents wait that nobody has: the sentence says so, and opens the first of them. */
function Quiet({ elsewhere }: { elsewhere: number }) {
  const lane = useLane(desk.use((state) => state.exercise));
  if (lane.firstId === null)
    return (
      <span className="quiet">{elsewhere > 0 ? t('alarms.elsewhere', { count: elsewhere }) : t('alarms.none')}</span>
    );
  const { firstId } = lane;
  return (
    <>
      <span>{t('alarms.lane-waits', { count: lane.count })}</span>
      {lane.oldestAt && <Since at={lane.oldestAt} />}
      {elsewhere > 0 && <span className="quiet">{t('alarms.elsewhere', { count: elsewhere })}</span>}
      <button type="button" className="button small" onClick={() => go(`incidents/${firstId}`)}>
        {t('alarms.open-first')}
      </button>
    </>
  );
}

const AllButton = ({ count }: { count: number }) => (
  <button type="button" className="button small" onClick={() => desk.set({ overlay: 'alarms' })}>
    {t('alarms.all', { count })}
  </button>
);

/** While the browser keeps its sound to itself a red bar says so; a click on it is the trial that unlocks it (C-19). */
function LockedBar() {
  if (useSound() === 'on') return null;
  return (
    <button type="button" className="sound-locked" onClick={() => void tryOut()}>
      {t('sound.locked')}
    </button>
  );
}

/**
 * Sounds at once and every ten seconds until somebody acknowledges (C-19): the gravest that is not muted here, and none that has only come
 * back within the minute (C-17).
 */
function useRinging(calling: readonly ShownAlarm[]): void {
  const nowMs = serverNow();
  const fresh = calling.filter(({ row }) => !isRepeat(row, nowMs));
  const { id, severity, code } = firstAudible(fresh, useMutes(), Date.now()) ?? {};
  useEffect(() => {
    if (!id || !severity) return;
    const sound = () => (code === 'help-call' ? ringForHelp() : ring(severity));
    sound();
    const timer = window.setInterval(sound, REPEAT_MS);
    return () => window.clearInterval(timer);
  }, [id, severity, code]);
}
