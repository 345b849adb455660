import { useEffect } from 'react';
import { SignIn } from '../../access/SignIn.js';
import { resumeSession, useSession } from '../../access/session.js';
import { ErrorBoundary } from '../../app/ErrorBoundary.js';
import { useReady } from '../../app/ready.js';
import { useRoute } from '../../app/routes.js';
import { inDrill } from '../../app/world.js';
import '../../drills/drills.css';
import { t, useLocale } from '../../i18n/i18n.js';
import { NewVersion } from '../../offline/NewVersion.js';
import { Home } from './Home.js';
import { LinkPage } from './LinkPage.js';
import { speakFor } from './outbox.js';
import { TestPage } from './TestPage.js';
import { noteSeen } from '../seen.js';

/** `#/a/TOKEN` is a one-time link, `#/t/TOKEN` that of a silent test, and neither asks anybody to sign in; everything else is the leader's own page. */
export function PhoneApp() {
  const route = useRoute();
  const locale = useLocale();
  useEffect(() => {
    document.title = t('phone.title');
  }, [locale]);
  const token = route.name === 'a' ? (route.parts[0] ?? '') : null;
  const test = route.name === 't' ? (route.parts[0] ?? '') : null;
  return (
    <ErrorBoundary key={locale}>
      <NewVersion />
      {inDrill && <div className="drill-frame" aria-hidden="true" />}
      {test !== null ? (
        <TestPage key={test} token={test} />
      ) : token !== null ? (
        <LinkPage key={token} token={token} />
      ) : (
        <Own alertId={route.name === 'alert' ? (route.parts[0] ?? null) : null} />
      )}
    </ErrorBoundary>
  );
}

function Own({ alertId }: { alertId: string | null }) {
  const session = useSession();
  useReady('session', session.state !== 'asking');
  useEffect(() => void resumeSession(), []);
  useEffect(() => {
    if (session.state !== 'in') return;
    speakFor(session.actor!.userId);
    noteSeen();
    return () => speakFor(null);
  }, [session.state, session.actor?.userId]);
  if (session.state === 'asking') return <p className="empty">{t('app.loading')}</p>;
  if (session.state === 'out') return <SignIn expired={session.expired} />;
  if (session.state === 'in') return <Home key={session.actor!.userId} actor={session.actor!} alertId={alertId} />;
  return (
    <main className="alert-screen plain" role="alert">
      <h1 className="alert-title">{t('phone.unreachable')}</h1>
      <p>{session.problem?.words}</p>
      <button type="button" className="button primary" onClick={() => void resumeSession()}>
        {t('phone.try-again')}
      </button>
    </main>
  );
}
