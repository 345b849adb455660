import { useEffect } from 'react';
import type { DrillDto, DrillNowDto } from '../../../src/drills/drills.dto.js';
import { problemOf, request } from '../api/http.js';
import { createState } from '../app/state.js';
import { drillNumber, inDrill } from '../app/world.js';
import { t } from '../i18n/i18n.js';
import { learnDrillTime } from '../live/clock.js';
import './drills.css';

/** How often a page in a drill asks reality how the drill stands: its clock may be stopped or sped up by who runs it. */
const LOOK_MS = 3000;

/** The drill of this page; null until reality has told, and in reality. */
export const theDrill = createState<{ drill: DrillNowDto | null; over: boolean }>({ drill: null, over: false });

/** The mark before the name of every page of a drill (C-29). */
export const pageTitle = (title: string): string => (inDrill ? t('drill.prefix') + title : title);

/** The hatched frame around every page of a drill, and the drill's clock for all of them. */
export function DrillFrame() {
  useEffect(() => {
    document.documentElement.dataset.drill = String(drillNumber);
    void look();
    const timer = window.setInterval(() => void look(), LOOK_MS);
    return () => window.clearInterval(timer);
  }, []);
  const over = theDrill.use((state) => state.over);
  return (
    <>
      <div className="drill-frame" aria-hidden="true" />
      {over && (
        <p className="drill-over notice warning" role="alert">
          {t('drill.is-over')} <a href="/#/drills">{t('menu.leave-drill')}</a>
        </p>
      )}
    </>
  );
}

async function look(): Promise<void> {
  try {
    const id = theDrill.get().drill?.id ?? (await idOfDrill());
    if (!id) return theDrill.set({ over: true });
    const drill = await request<DrillNowDto>('GET', `/drills/${id}`, { real: true });
    theDrill.set({ drill, over: drill.state === 'ended' });
    if (drill.clock) learnDrillTime(drill.clock.at, drill.clock.speed);
  } catch (error) {
    problemOf(error); // the next look tells more
  }
}

async function idOfDrill(): Promise<string | undefined> {
  const { items } = await request<{ items: DrillDto[] }>('GET', '/drills?limit=500', { real: true });
  return items.find(({ number, state }) => number === drillNumber && state !== 'ended')?.id;
}

/** Nobody signs in to a drill: the way in leads through a real session. */
export function DrillDoor() {
  return (
    <main className="empty">
      <h1>{t('drill.door')}</h1>
      <p>{t('drill.door-hint')}</p>
      <a className="button primary" href="/#/drills">
        {t('menu.drills')}
      </a>
    </main>
  );
}
