import { useEffect } from 'react';
import { go } from '../app/routes.js';
import { handoverOf } from '../duty/duty-alarms.rules.js';
import { t } from '../i18n/i18n.js';
import { Dialog } from '../parts/Dialog.js';
import { SeverityChip } from '../parts/marks.js';
import { Since } from '../parts/Since.js';
import { acknowledge, useAcknowledged } from './acknowledged.js';
import { byCause, isFlood } from './alarms.rules.js';
import type { Alarm } from './alarms.rules.js';
import { desk } from './desk-state.js';
import { ring, useSound } from './sound.js';
import { useAlarms } from './use-alarms.js';

const REPEAT_MS = 10_000;

/** Where an alarm leads: to the page on which its one thing to do is done. */
const PAGES: Record<string, string> = { nobody: 'dispatch', approval: 'work', task: 'response', chain: 'alerts' };
export function openAlarm(alarm: Alarm): void {
  if (alarm.code === 'handover') {
    desk.set({ overlay: 'none' });
    return go(`duty/handover/${handoverOf(alarm)}`);
  }
  if (alarm.code === 'reply' || alarm.incidentId === null) {
    desk.set({ selectedId: alarm.incidentId, overlay: 'none', tab: 'alerts' });
    return go('');
  }
  desk.set({ selectedId: alarm.incidentId, overlay: 'none' });
  const page = PAGES[alarm.code];
  go(`incidents/${alarm.incidentId}${page ? `/${page}` : ''}`);
}

/** One sentence: what waits for you, the gravest of it, and the one thing to do about it. */
export function AlarmStrip() {
  const exercise = desk.use((state) => state.exercise);
  const alarms = useAlarms(exercise);
  const acknowledged = useAcknowledged();
  const calling = alarms.filter((alarm) => !acknowledged[alarm.id]);
  useRinging(calling[0]);
  const top = calling[0] ?? alarms[0];
  if (!top) {
    return (
      <section className="strip" aria-label={t('alarms.title')}>
        <span className="quiet">{t('alarms.none')}</span>
        <SoundNote />
      </section>
    );
  }
  const flood = isFlood(alarms, Date.now());
  return (
    <section className={`strip has-alarms${calling.length > 0 ? ' calling' : ''}`} aria-label={t('alarms.title')}>
      <span>{t(flood ? 'alarms.flood' : 'alarms.waiting', { count: alarms.length, calling: calling.length })}</span>
      <SeverityChip severity={top.severity} />
      <b className="clip">
        {t('alarms.sentence', { place: top.place, cause: t(`waiting.${top.code}`, { who: top.who }) })}
      </b>
      <Since at={top.since} limit={{ limitS: 1 }} />
      <span className="clip quiet">{t(`act.${top.code}`, { who: top.who })}</span>
      <span className="top-space" />
      <SoundNote />
      <button type="button" className="button small primary" onClick={() => openAlarm(top)}>
        {t('alarms.go')}
      </button>
      {calling.length > 0 && (
        <button type="button" className="button small" onClick={() => acknowledge([top.id])}>
          <kbd>A</kbd> {t('alarms.acknowledge')}
        </button>
      )}
      <button type="button" className="button small" onClick={() => desk.set({ overlay: 'alarms' })}>
        {t('alarms.all', { count: alarms.length })}
      </button>
    </section>
  );
}

function SoundNote() {
  const sound = useSound();
  return sound === 'on' ? null : <span className="sound-note">{t(`sound.${sound}`)}</span>;
}

/** Sounds at once and every ten seconds until somebody acknowledges (C-19). */
function useRinging(alarm: Alarm | undefined): void {
  const id = alarm?.id;
  const severity = alarm?.severity;
  useEffect(() => {
    if (!id || !severity) return;
    ring(severity);
    const timer = window.setInterval(() => ring(severity), REPEAT_MS);
    return () => window.clearInterval(timer);
  }, [id, severity]);
}

/** All alarms by cause: in a flood one acknowledgement per cause is enough (C-16). */
export function AlarmList() {
  const alarms = useAlarms(desk.use((state) => state.exercise));
  const acknowledged = useAcknowledged();
  return (
    <Dialog title={t('alarms.title')} close={() => desk.set({ overlay: 'none' })} className="alarm-dialog">
      {alarms.length === 0 && <p className="empty">{t('alarms.none')}</p>}
      {byCause(alarms).map((group) => (
        <section key={group.code}>
          <h3>
            {t(`cause.${group.code}`)} <span className="numeric">{group.alarms.length}</span>
            <button
              type="button"
              className="button small"
              onClick={() => acknowledge(group.alarms.map((alarm) => alarm.id))}
            >
              {t('alarms.acknowledge-all')}
            </button>
          </h3>
          <ul className="alarm-list">
            {group.alarms.map((alarm) => (
              <li key={alarm.id}>
                <SeverityChip severity={alarm.severity} />
                <span className="clip">
                  {t('alarms.sentence', { place: alarm.place, cause: t(`waiting.${alarm.code}`, { who: alarm.who }) })}
                </span>
                <Since at={alarm.since} limit={{ limitS: 1 }} />
                <span className="quiet">{acknowledged[alarm.id] ? t('alarms.seen') : ''}</span>
                <button type="button" className="button small" onClick={() => openAlarm(alarm)}>
                  {t('alarms.go')}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Dialog>
  );
}
