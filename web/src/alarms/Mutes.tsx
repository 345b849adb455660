import { endMute, muteFor, useMutes } from '../desk/sound.js';
import { t } from '../i18n/i18n.js';
import { elapsedText } from '../live/ageing.rules.js';
import type { Severity } from '../live/ageing.rules.js';
import { useNow } from '../live/clock.js';
import { SeverityChip } from '../parts/marks.js';
import { isMuted, MUTE_CHOICES, SEVERITIES } from './mute.rules.js';

/** Which grades make no sound on this computer, and for how much longer; a click ends it (C-19). Nothing where all of them sound. */
export function MuteBadges() {
  const mutes = useMutes();
  useNow();
  const nowMs = Date.now();
  return SEVERITIES.filter((severity) => isMuted(mutes, severity, nowMs)).map((severity) => (
    <button
      key={severity}
      type="button"
      className="button small mute-badge"
      title={t('mute.end')}
      onClick={() => endMute(severity)}
    >
      <SeverityChip severity={severity} /> {t('mute.muted')}{' '}
      <span className="numeric">{elapsedText(mutes[severity]! - nowMs)}</span>
    </button>
  ));
}

/** Silence by grade, always with an end. */
export function MuteChoices() {
  return (
    <section className="mute-choices" aria-label={t('mute.title')}>
      <h3>{t('mute.title')}</h3>
      <ul>
        {SEVERITIES.map((severity) => (
          <MuteChoice key={severity} severity={severity} />
        ))}
      </ul>
    </section>
  );
}

function MuteChoice({ severity }: { severity: Severity }) {
  const isOff = isMuted(useMutes(), severity, Date.now());
  return (
    <li>
      <SeverityChip severity={severity} />
      {MUTE_CHOICES[severity].map((minutes) => (
        <button key={minutes} type="button" className="button small" onClick={() => muteFor(severity, minutes)}>
          {t('mute.minutes', { minutes })}
        </button>
      ))}
      {isOff && (
        <button type="button" className="button small" onClick={() => endMute(severity)}>
          {t('mute.end')}
        </button>
      )}
    </li>
  );
}
