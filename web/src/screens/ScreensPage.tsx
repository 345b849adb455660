import { useState } from 'react';
import type { MadeScreen, ScreenDto } from '../../../src/screens/screens.dto.js';
import { useSession } from '../access/session.js';
import { useFetched } from '../api/use-fetched.js';
import { stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { serverNow } from '../live/clock.js';
import { Act } from '../parts/Act.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';
import { SidePage } from '../relief-stock/parts/SidePage.js';
import { MakeScreen, MAKERS } from './MakeScreen.js';
import { ScreenLink } from './ScreenLink.js';
import './screens.css';

/** Big screens of the societies where the reader leads the duty or administrates: made, seen, revoked. `#/screens` */
export default function ScreensPage() {
  const { actor } = useSession();
  const may = (actor?.grants ?? []).some(({ role }) => MAKERS.includes(role));
  return (
    <SidePage title={t('screens.title')}>
      <div className="page">
        <p>{t('screens.what')}</p>
        {may ? <Screens /> : <p className="notice">{t('screens.not-yours')}</p>}
      </div>
    </SidePage>
  );
}

function Screens() {
  const [made, setMade] = useState<MadeScreen | null>(null);
  const { data, problem, reload } = useFetched<{ items: ScreenDto[] }>('/screens?limit=200');
  const told = (answer: MadeScreen) => {
    setMade(answer);
    reload();
  };
  return (
    <>
      {made && <ScreenLink key={made.screen.id} made={made} />}
      <MakeScreen done={told} />
      <section className="screens">
        <header className="screens-head">
          <h2>{t('screens.list')}</h2>
          <button type="button" className="button" onClick={reload}>
            {t('screens.refresh')}
          </button>
        </header>
        <Refusal problem={problem} />
        {!data && !problem && <Loading />}
        {data?.items.length === 0 && <p className="empty">{t('screens.none')}</p>}
        <ul>
          {(data?.items ?? []).map((screen) => (
            <ScreenRow key={screen.id} screen={screen} done={reload} />
          ))}
        </ul>
      </section>
    </>
  );
}

function ScreenRow({ screen, done }: { screen: ScreenDto; done: () => void }) {
  const { id, name, societyName, namesAllowed, madeBy, madeAt, lastSeenAt } = screen;
  return (
    <li className="screen-row">
      <div>
        <h3>{name}</h3>
        <p>
          {societyName} · {t(namesAllowed ? 'screens.with-names' : 'screens.without-names')}
        </p>
        <p className="quiet">
          {t('screens.made', { who: madeBy, at: stamp(madeAt) })} ·{' '}
          {lastSeenAt ? t('screens.seen', { at: stamp(lastSeenAt) }) : t('screens.never-seen')} · {endOf(screen)}
        </p>
      </div>
      {screen.revokedAt === null && (
        <Act look="plain" label={t('screens.revoke')} path={`/screens/${id}/revoke`} said={t('screens.said-revoked', { name })} done={done} />
      )}
    </li>
  ); // prettier-ignore
}

function endOf({ revokedAt, expiresAt }: ScreenDto): string {
  if (revokedAt) return t('screens.revoked', { at: stamp(revokedAt) });
  const key = Date.parse(expiresAt) <= serverNow() ? 'screens.expired' : 'screens.expires';
  return t(key, { at: stamp(expiresAt) });
}
