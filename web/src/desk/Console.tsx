import { lazy, Suspense, useEffect, useLayoutEffect, useState } from 'react';
import type { ComponentType } from 'react';
import { useSession } from '../access/session.js';
import { useKeys } from '../app/keys.js';
import { currentRoute, go, useRoute } from '../app/routes.js';
import { ErrorBoundary } from '../app/ErrorBoundary.js';
import { ChainBanner } from '../alerts/ChainBanner.js';
import { WaitingAlerts } from '../alerts/WaitingAlerts.js';
import { HelpBanner } from '../dispatch/help-calls/HelpBanner.js';
import { t } from '../i18n/i18n.js';
import { useLive } from '../live/hooks.js';
import { live } from '../live/live.js';
import { useLink } from '../live/use-link.js';
import { Queue } from '../incidents/Queue.js';
import { nextInQueue } from '../incidents/queue-order.js';
import { MyTasks, useMyTaskCount } from '../incidents/response/MyTasks.js';
import { Loading } from '../parts/Loading.js';
import { StaleMark } from '../parts/StaleMark.js';
import { Tabs } from '../parts/Tabs.js';
import { ToastHost } from '../parts/toast.js';
import { TeamBoard } from '../rescue-teams/TeamBoard.js';
import { acknowledge } from '../alarms/acknowledging.js';
import { isSilenceable } from '../alarms/alarm-state.rules.js';
import { AlarmList } from '../alarms/AlarmList.js';
import { currentAlarms, isCalling } from './use-alarms.js';
import { AlarmStrip } from './AlarmStrip.js';
import { CommandBar } from './CommandBar.js';
import { choosePreset, desk, layOutFor } from './desk-state.js';
import type { Tab } from './desk-state.js';
import { Help } from './Help.js';
import { openAlarm } from './open-alarm.js';
import { LogStrip } from './LogStrip.js';
import { StockPanel } from './StockPanel.js';
import { TopBar } from './TopBar.js';

/** The map once its code is there; until then React waits for it, and then shows it not before 0.3 s have passed. */
let CameMap: ComponentType | null = null;
export const loadMap = () =>
  import('../map/DeskMap.js').then((code) => {
    CameMap = code.default;
    return code;
  });
const LazyMap = lazy(loadMap);
const NewIncident = lazy(() => import('../incidents/NewIncident.js'));
const IncidentPage = lazy(() => import('../incidents/IncidentPage.js'));
const DispatchDialog = lazy(() => import('../dispatch/DispatchDialog.js'));

/** The duty console: queue, map, board. Nothing here changes place between incidents (C-02). */
export function Console() {
  const [DeskMap] = useState(() => CameMap ?? LazyMap); // chosen once: another one would be another map
  const { preset, exercise, overlay } = useDesk();
  const route = useRoute();
  const link = useLink();
  const [first = '', second] = route.parts;
  const incidents = route.name === 'incidents';
  const reporting = incidents && first === 'new';
  const openId = incidents && first !== 'new' && first !== '' ? first : null;
  const account = useSession().actor?.account ?? '';
  useLayoutEffect(() => layOutFor(account), [account]);
  useConsoleKeys();
  useEffect(() => {
    if (openId) desk.set({ selectedId: openId });
  }, [openId]);
  return (
    <div
      className={`console preset-${preset}${exercise ? ' drill' : ''}`}
      data-stale={link.state === 'offline' || undefined}
    >
      <TopBar />
      <div className="strips">
        <HelpBanner />
        <ChainBanner />
        <AlarmStrip />
      </div>
      <main className="console-main">
        <ErrorBoundary compact>
          <Queue />
        </ErrorBoundary>
        <ErrorBoundary compact>
          <div className="centre">
            <Suspense fallback={<Loading words="map.loading" />}>
              <DeskMap />
            </Suspense>
            <LogStrip />
          </div>
        </ErrorBoundary>
        <ErrorBoundary compact>
          <aside className="side" aria-label={t('side.title')}>
            <StaleMark />
            <Suspense fallback={<Loading />}>{reporting ? <NewIncident /> : <SideTabs />}</Suspense>
          </aside>
        </ErrorBoundary>
        {openId && <OpenIncident key={openId} id={openId} tab={second ?? ''} />}
      </main>
      <Overlay open={overlay} />
      <ToastHost />
    </div>
  );
}

/** An incident over map and board. The dialog is on its own: the page below stays while it is on its way, and keeps the focus to give back. */
function OpenIncident({ id, tab }: { id: string; tab: string }) {
  const sending = tab === 'dispatch';
  return (
    <ErrorBoundary compact>
      <Suspense fallback={<Loading className="sheet" />}>
        <IncidentPage id={id} tab={sending ? '' : tab} />
      </Suspense>
      <Suspense fallback={<Loading className="visually-hidden" />}>
        {sending && <DispatchDialog incidentId={id} />}
      </Suspense>
    </ErrorBoundary>
  );
}

function Overlay({ open }: { open: ReturnType<typeof useDesk>['overlay'] }) {
  if (open === 'command') return <CommandBar />;
  if (open === 'help') return <Help />;
  return open === 'alarms' ? <AlarmList /> : null;
}

const useDesk = () => desk.use((state) => state);

function SideTabs() {
  const tab = desk.use((state) => state.tab);
  const waiting = useLive(['alert'], (store) => store.rows('alert').length);
  const toRead = useLive(['reply'], (store) => store.rows('reply').length);
  const alerts =
    toRead > 0
      ? t('tab.alerts-replies', { count: waiting, replies: toRead })
      : t('tab.alerts-count', { count: waiting });
  const tasks = useMyTaskCount();
  const tabs = [
    { key: 'teams', label: t('tab.teams'), panel: () => <TeamBoard /> },
    { key: 'stock', label: t('tab.stock'), panel: () => <StockPanel /> },
    {
      key: 'tasks',
      label: t(tasks.late > 0 ? 'tab.tasks-late' : 'tab.tasks-count', tasks),
      panel: () => <MyTasks />,
    },
    { key: 'alerts', label: alerts, panel: () => <WaitingAlerts /> },
  ];
  return <Tabs label={t('side.title')} tabs={tabs} open={tab} choose={(key) => desk.set({ tab: key as Tab })} />;
}

/** The whole desk by keys (C-21). Dialogs and forms put their own layer on top. */
function useConsoleKeys(): void {
  const move = (step: number) => () => desk.set({ selectedId: nextInQueue(live.store, desk.get(), step) });
  const selected = () => desk.get().selectedId;
  const openSelected = () => {
    const id = selected() ?? nextInQueue(live.store, desk.get(), 1);
    if (id) go(`incidents/${id}`);
  };
  // What is open counts before what is selected in the queue beside it: nobody may send to another incident than the one he reads.
  const dispatchSelected = () => {
    const { name, parts } = currentRoute();
    const open = name === 'incidents' && parts[0] !== 'new' ? parts[0] : undefined;
    const id = open || selected();
    if (id) go(`incidents/${id}/dispatch`);
  };
  const acknowledgeFirst = () => {
    const alarm = currentAlarms(desk.get().exercise).find(isCalling);
    if (alarm && isSilenceable(alarm)) void acknowledge([alarm]);
    else if (alarm) openAlarm(alarm);
  };
  const back = () => {
    if (currentRoute().text !== '') go('');
    else desk.set({ selectedId: null, picked: null, picking: null });
  };
  useKeys({
    N: () => go('incidents/new'),
    J: move(1),
    K: move(-1),
    ArrowDown: move(1),
    ArrowUp: move(-1),
    Enter: openSelected,
    D: dispatchSelected,
    A: acknowledgeFirst,
    Z: () => choosePreset('duty'),
    X: () => choosePreset('dispatch'),
    C: () => choosePreset('supplies'),
    '/': () => desk.set({ overlay: 'command' }),
    '?': () => desk.set({ overlay: 'help' }),
    Escape: back,
  });
}
