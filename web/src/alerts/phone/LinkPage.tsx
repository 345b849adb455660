import { useReady } from '../../app/ready.js';
import { hourMinute } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { AlertScreen } from './AlertScreen.js';
import { faceOfLink } from './face.rules.js';
import { CallForHelp } from './sos/CallForHelp.js';
import { useLinkedAlert } from './link-alert.js';
import { isAsked, ParCard } from './ParCard.js';
import { LinkProgress } from './LinkProgress.js';
import { standingOf } from './next-step.rules.js';

/**
 * The page behind a one-time link: no sign-in, one alert, and for who said yes the next step of the unit, its check and the call for help;
 * nothing else.
 */
export function LinkPage({ token }: { token: string }) {
  const { alert, help, check, unit, problem, staleSinceMs, reload } = useLinkedAlert(token);
  useReady('alert', alert !== null || problem !== null);
  if (!alert && !problem) return <p className="empty">{t('phone.loading')}</p>;
  if (!alert) {
    const unknown = problem!.status === 404;
    return (
      <main className="alert-screen plain">
        <h1 className="alert-title">{t(unknown ? 'phone.link-unknown' : 'phone.unreachable')}</h1>
        <p>{unknown ? t('phone.link-unknown-hint') : problem!.words}</p>
        {!unknown && (
          <button type="button" className="button primary" onClick={reload}>
            {t('phone.try-again')}
          </button>
        )}
        <a className="button" href="#/">
          {t('phone.go-home')}
        </a>
      </main>
    );
  }
  const top = (
    <>
      {problem && staleSinceMs !== null && (
        <p className="notice warning" role="status">
          {t('phone.stale', { time: hourMinute(staleSinceMs) })}
        </p>
      )}
      {check && isAsked(check) && <ParCard key={check.id} roll={check} link={token} />}
    </>
  );
  return (
    <AlertScreen
      face={faceOfLink(alert)}
      about={`link/${token}`}
      path={`/alert-links/${encodeURIComponent(token)}/answers`}
      top={top}
      help={
        help && (help.mayCall || help.calls.some(({ state }) => state !== 'ended')) ? (
          <CallForHelp
            about={`link/${token}/help`}
            path={`/alert-links/${encodeURIComponent(token)}/help-calls`}
            wordsPath={(callId) => `/alert-links/${encodeURIComponent(token)}/help-calls/${callId}/words`}
            calls={help.calls}
            dutyPhone={alert.dutyPhone}
          />
        ) : null
      }
      progress={(view) => {
        const standing = standingOf(unit, view, alert.headcount ?? null);
        return standing && <LinkProgress token={token} unit={standing} />;
      }}
    />
  );
}
