import { lazy, Suspense, useEffect, useState } from 'react';
import type { ActorDto } from '../../../src/access/access.dto.js';
import type { DemoDto } from '../../../src/demo/demo.dto.js';
import { get } from '../api/http.js';
import { inDrill } from '../app/world.js';
import { mayOffer, recall, tour } from './tour-state.js';
import { toursOf } from './tour.rules.js';

const TourCard = lazy(() => import('./TourCard.js'));
const TourOffer = lazy(() => import('./TourOffer.js'));

/**
 * The guided tour of whoever is signed in: nothing at all until it is offered or runs. `idle` is false while something asks for an answer on
 * a small screen: an offer would stand in its way.
 */
export function TourHost({ actor, idle = true }: { actor: ActorDto; idle?: boolean }) {
  const { account, running, answered } = tour.use((standing) => standing);
  const roles = toursOf(actor.grants.map(({ role }) => role));
  useEffect(() => recall(actor), [actor]);
  const known = account === actor.account;
  const offer = useOffer(idle && known && !answered && !running && roles.length > 0 && !inDrill && mayOffer());
  if (!known) return null;
  return (
    <Suspense fallback={null}>
      {running && <TourCard />}
      {!running && !answered && offer && <TourOffer role={roles[0]!} />}
    </Suspense>
  );
}

/** Only the demonstration offers a tour: its steps are real acts. Not knowing is no reason to disturb anybody. */
function useOffer(asked: boolean): boolean {
  const [demo, setDemo] = useState(false);
  useEffect(() => {
    if (!asked) return;
    const abort = new AbortController();
    get<DemoDto>('/demo', abort.signal)
      .then((answer) => setDemo(answer.demo))
      .catch(() => undefined);
    return () => abort.abort();
  }, [asked]);
  return asked && demo;
}
