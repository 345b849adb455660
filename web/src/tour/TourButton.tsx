import { useSession } from '../access/session.js';
import { t } from '../i18n/i18n.js';
import { startTour, tour } from './tour-state.js';
import { toursOf } from './tour.rules.js';

/** Starts or resumes the tour of whoever is signed in; the page of help has those of all their roles. */
export function TourButton({ className = 'button' }: { className?: string }) {
  const { actor } = useSession();
  const running = tour.use((standing) => standing.running);
  const held = tour.use((standing) => standing.role);
  const roles = toursOf((actor?.grants ?? []).map(({ role }) => role));
  const role = roles.find((each) => each === held) ?? roles[0];
  if (!role || running) return null;
  return (
    <button type="button" className={className} onClick={() => startTour(role)}>
      {t('menu.tour')}
    </button>
  );
}
