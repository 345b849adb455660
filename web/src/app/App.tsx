import { Suspense, useEffect } from 'react';
import { SignIn } from '../access/SignIn.js';
import { noteSeen } from '../alerts/seen.js';
import { resumeSession, useSession } from '../access/session.js';
import { t, useLocale } from '../i18n/i18n.js';
import { useLoaded } from '../live/hooks.js';
import { live } from '../live/live.js';
import { useLiveProblem } from '../live/use-link.js';
import { Console, loadMap } from '../desk/Console.js';
import { Loading } from '../parts/Loading.js';
import { at, inDrill } from './world.js';
import { ErrorBoundary } from './ErrorBoundary.js';
import { DrillDoor, DrillFrame, pageTitle } from '../drills/DrillFrame.js';
import { homeOf } from './home.rules.js';
import { PAGES } from './pages.js';
import { TourHost } from '../tour/TourHost.js';
import { NewVersion } from '../offline/NewVersion.js';
import { keepForOffline, worksOffline } from '../offline/keeping.js';
import { useReady } from './ready.js';
import { useRoute } from './routes.js';

export function App() {
  const session = useSession();
  const locale = useLocale();
  useReady('session', session.state !== 'asking');
  useEffect(() => {
    document.title = pageTitle(t('app.title'));
  }, [locale]);
  return (
    <ErrorBoundary key={locale}>
      {inDrill && <DrillFrame />}
      <NewVersion />
      {session.state === 'out' && (inDrill ? <DrillDoor /> : <SignIn expired={session.expired} />)}
      {session.state === 'in' && <AtHome key={session.actor!.userId} />}
      {session.state === 'failed' && (
        <Unreachable words={session.problem?.words ?? ''} retry={() => void resumeSession()} />
      )}
      {session.state === 'asking' && <Loading />}
    </ErrorBoundary>
  );
}

/** Takes people to the page of their work: leaders to the phone page, keepers to their store. */
function AtHome() {
  const { actor } = useSession();
  const route = useRoute();
  const home = homeOf((actor?.grants ?? []).map(({ role }) => role));
  const onTheWay =
    (home === 'phone' && !['scan', 'help', 'accounts'].includes(route.name)) ||
    (home === 'keeper' && route.name === '');
  useEffect(() => {
    // Replaced, not added: the way back must not lead through a page that sends them here again.
    if (onTheWay) location.replace(home === 'phone' ? at('/phone.html') : '#/keeper');
  }, [home, onTheWay]);
  return onTheWay ? <Loading /> : <SignedIn />;
}

function SignedIn() {
  const loaded = useLoaded();
  const problem = useLiveProblem();
  const route = useRoute();
  const { actor } = useSession();
  useReady('picture', loaded || problem !== null);
  useEffect(() => {
    const end = actor && worksOffline(actor) ? keepForOffline(actor) : null;
    void live.start();
    // The map comes while the picture is on its way; a failure is told where the map is shown.
    if (!PAGES[route.name]) loadMap().catch(() => undefined);
    noteSeen();
    return () => {
      live.stop();
      end?.();
    };
    // The page of one person is made anew for the next (`key` in App): what is known of the person may change, who it is does not.
  }, [actor?.userId]);
  if (!loaded && problem) return <Unreachable words={problem.words} retry={() => void live.fetchPicture()} />;
  if (!loaded) return <Loading />;
  const Page = PAGES[route.name];
  return (
    <>
      {Page ? (
        <Suspense fallback={<Loading />}>
          <Page />
        </Suspense>
      ) : (
        <Console />
      )}
      {actor && <TourHost actor={actor} />}
    </>
  );
}

function Unreachable({ words, retry }: { words: string; retry: () => void }) {
  return (
    <main className="empty" role="alert">
      <h1>{t('app.unreachable')}</h1>
      <p>{words}</p>
      <button type="button" className="button primary" onClick={retry}>
        {t('fault.try-again')}
      </button>
    </main>
  );
}
