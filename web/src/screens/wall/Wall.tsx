import { Component, lazy, Suspense, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { ScreenPicture } from '../../../../src/screens/screens.dto.js';
import { useReady } from '../../app/ready.js';
import { inDrill } from '../../app/world.js';
import { hasMessage, t } from '../../i18n/i18n.js';
import { Events } from './Events.js';
import { wall } from './feed.js';
import { Head } from './Head.js';
import { Lane, Tally } from './Incidents.js';
import { Shortages, Teams } from './Teams.js';
import { type StageName, stageFor } from './wall.rules.js';

const WallMap = lazy(() => import('./WallMap.js'));
/** How many rows of each list a stage has room for: nothing scrolls and nothing takes turns on a wall (C-31). */
const ROWS: Record<StageName, { lane: number; shortages: number }> = {
  wide: { lane: 6, shortages: 6 },
  double: { lane: 12, shortages: 8 },
};
const COME_BACK_MS = 20_000;

export function Wall() {
  const picture = wall.state.use((state) => state.picture);
  const refused = wall.state.use((state) => state.refused);
  const [drawn, setDrawn] = useState(false);
  const { name, scale, left, top } = useStage();
  useReady('wall', refused !== null || (picture !== null && drawn));
  const title = (inDrill ? t('drill.prefix') : '') + (picture?.society ?? t('wall.title'));
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <main
      className={`stage stage-${name}${inDrill ? ' in-drill' : ''}`}
      style={{ transform: `translate(${left}px, ${top}px) scale(${scale})` }}
      data-seq={picture?.seq}
    >
      <Fallen>
        {picture && refused === null ? (
          <Stage picture={picture} name={name}>
            <Suspense>
              <WallMap key={scale} picture={picture} scale={scale} drawn={setDrawn} />
            </Suspense>
          </Stage>
        ) : (
          <Nothing refused={refused} />
        )}
      </Fallen>
    </main>
  );
}

function Stage({ picture, name, children }: { picture: ScreenPicture; name: StageName; children: ReactNode }) {
  const rows = ROWS[name];
  return (
    <>
      <Head picture={picture} />
      <div className="wall-left">
        <Tally picture={picture} />
        <Lane picture={picture} rows={rows.lane} />
      </div>
      <section className="wall-map panel" aria-label={t('wall.map')}>
        {children}
      </section>
      <div className="wall-right">
        <Teams picture={picture} />
        <Shortages picture={picture} rows={rows.shortages} />
      </div>
      <Events picture={picture} />
    </>
  );
}

function Nothing({ refused }: { refused: string | null }) {
  const key = `wall.refused.${refused ?? ''}`;
  return (
    <div className="wall-nothing" role="alert">
      <h1>
        {refused === null ? t('wall.waiting') : hasMessage(key) ? t(key) : t('problem.unknown', { code: refused })}
      </h1>
      {refused !== null && <p>{t('wall.refused-hint')}</p>}
    </div>
  );
}

/** Nobody sits before a wall: what fell opens again by itself, also when a newer server says something that this page does not know. */
class Fallen extends Component<{ children: ReactNode }, { fallen: boolean }> {
  override state = { fallen: false };
  static getDerivedStateFromError(): { fallen: boolean } {
    return { fallen: true };
  }
  override componentDidCatch(): void {
    window.setTimeout(() => location.reload(), COME_BACK_MS);
  }
  override render(): ReactNode {
    if (!this.state.fallen) return this.props.children;
    return (
      <div className="wall-nothing" role="alert">
        <h1>{t('wall.crashed')}</h1>
      </div>
    );
  }
}

function useStage() {
  const [stage, setStage] = useState(() => stageFor({ width: innerWidth, height: innerHeight }));
  useEffect(() => {
    const resized = () => setStage(stageFor({ width: innerWidth, height: innerHeight }));
    window.addEventListener('resize', resized);
    return () => window.removeEventListener('resize', resized);
  }, []);
  return stage;
}
