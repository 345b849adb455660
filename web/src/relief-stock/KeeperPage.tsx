import { useEffect, useState } from 'react';
import type { WarehouseDto } from '../../../src/relief-stock/relief-stock.dto.js';
import { signOut, useSession } from '../access/session.js';
import { homeOf } from '../app/home.rules.js';
import { useReady } from '../app/ready.js';
import { go, useRoute } from '../app/routes.js';
import { chooseLocale, locale, named, t } from '../i18n/i18n.js';
import { useLive } from '../live/hooks.js';
import { LINK_SIGNS } from '../live/link.rules.js';
import { useLink } from '../live/use-link.js';
import { Empty } from '../parts/Empty.js';
import { Tabs } from '../parts/Tabs.js';
import { ToastHost } from '../parts/toast.js';
import { chooseTheme, useTheme } from '../theme/theme.js';
import { TourButton } from '../tour/TourButton.js';
import { GoodsReceipt } from './GoodsReceipt.js';
import './keeper.css';
import './parts/parts.css';
import './messages.js';
import { OfflineNote } from '../offline/OfflineNote.js';
import { Orders } from './Orders.js';
import { openOutbox, useActs } from './outbox/outbox.js';
import { withSteps } from './outbox/overlay.rules.js';
import { OutboxMark } from './outbox/OutboxMark.js';
import { StockLevels } from './StockLevels.js';
import { useOwnWarehouses, useWarehousesToSee } from './warehouses.js';
import { WorkPage, WorkTiles } from './WorkTiles.js';
import { WORKS } from './works.js';

/** The keeper's desk on a tablet: orders to pick and ship, what lies in the store, goods that arrive. `#/keeper/TAB`. */
export default function KeeperPage() {
  const route = useRoute();
  const warehouses = useWarehousesToSee();
  const works = useOwnWarehouses().length > 0;
  const [chosen, choose] = useState<string | null>(null);
  const warehouse = warehouses.find(({ id }) => id === chosen) ?? warehouses[0];
  const todo = useToDo(warehouse?.id);
  const { actor } = useSession();
  useEffect(() => (actor ? openOutbox(actor) : undefined), [actor?.userId]);
  useReady('keeper', true);
  useEffect(() => {
    document.title = t('keeper.title');
  }, []);
  return (
    <main className="keeper">
      <Head warehouses={warehouses} warehouse={warehouse} choose={choose} />
      <OfflineNote />
      {warehouse ? (
        <Tabs
          key={warehouse.id}
          label={t('keeper.tabs')}
          open={workOf(route.parts[0]) ? 'works' : route.parts[0] || 'orders'}
          choose={(tab) => go(`keeper/${tab}`)}
          tabs={[
            {
              key: 'orders',
              label: t('keeper.tab-orders', { count: todo }),
              panel: () => <Orders warehouseId={warehouse.id} />,
            },
            { key: 'levels', label: t('keeper.tab-levels'), panel: () => <StockLevels warehouseId={warehouse.id} /> },
            ...(works ? [receiptTab(warehouse.id)] : []),
            {
              key: 'works',
              label: t('keeper.tab-works'),
              mark: 'tab-works',
              panel: () => <Works warehouseId={warehouse.id} parts={route.parts} />,
            },
          ]}
        />
      ) : (
        <Empty words={t('keeper.no-warehouse')} next={[{ href: '#/help', words: t('menu.help') }]} />
      )}
      <ToastHost />
    </main>
  );
}

/** For who works there; others only look. */
const receiptTab = (warehouseId: string) => ({
  key: 'receipt',
  label: t('keeper.tab-receipt'),
  panel: () => <GoodsReceipt warehouseId={warehouseId} />,
});

/** How many orders this warehouse has to pick or send, as far as this device knows. */
function useToDo(warehouseId: string | undefined): number {
  const acts = useActs();
  const orders = useLive(
    ['supply-order'],
    (store) => store.rows('supply-order').filter((order) => order.warehouseId === warehouseId),
    [warehouseId],
  );
  return orders.filter((order) => ['approved', 'picking'].includes(withSteps(order, acts).status)).length;
}

const workOf = (key: string | undefined) => WORKS.find((work) => work.key === key);

/** The tiles of all works, or the page of the one that is open. */
function Works({ warehouseId, parts }: { warehouseId: string; parts: readonly string[] }) {
  const work = workOf(parts[0]);
  if (!work) return <WorkTiles warehouseId={warehouseId} />;
  return <WorkPage work={work} warehouseId={warehouseId} parts={parts.slice(1)} />;
}

type HeadProps = { warehouses: WarehouseDto[]; warehouse: WarehouseDto | undefined; choose: (id: string) => void };

function Head({ warehouses, warehouse, choose }: HeadProps) {
  return (
    <header className="keeper-head">
      <h1>{t('keeper.title')}</h1>
      {warehouses.length > 1 ? (
        <select
          className="input"
          aria-label={t('keeper.warehouse')}
          value={warehouse?.id}
          onChange={(event) => choose(event.target.value)}
        >
          {warehouses.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </select>
      ) : (
        <b className="clip">{named(warehouse)}</b>
      )}
      <span className="keeper-space" />
      <OutboxMark />
      <LinkMark />
      <Menu />
    </header>
  );
}

function LinkMark() {
  const link = useLink();
  const sign = LINK_SIGNS[link.state];
  return (
    <span
      className={`link link-${link.state}`}
      role="status"
      title={link.state === 'unanswered' ? t('link.unanswered-title') : undefined}
    >
      <span aria-hidden="true">{sign}</span> {t(`link.${link.state}`, { seconds: link.silentS })}
    </span>
  );
}

function Menu() {
  const { actor } = useSession();
  const theme = useTheme();
  return (
    <details className="keeper-menu" data-tour="keeper-menu">
      <summary className="button">{actor?.name}</summary>
      <div>
        {homeOf((actor?.grants ?? []).map(({ role }) => role)) === 'desk' && (
          <a className="button" href="#/">
            {t('keeper.to-console')}
          </a>
        )}
        <button type="button" className="button" onClick={() => chooseTheme(theme === 'dark' ? 'light' : 'dark')}>
          {t(theme === 'dark' ? 'theme.light' : 'theme.dark')}
        </button>
        <button type="button" className="button" onClick={() => void chooseLocale(locale() === 'en' ? 'zh-CN' : 'en')}>
          {t('app.other-language')}
        </button>
        <a className="button" href="#/help">
          {t('menu.help')}
        </a>
        <TourButton />
        <a className="button" href="#/accounts">
          {t('menu.accounts')}
        </a>
        <button type="button" className="button" onClick={() => void signOut()}>
          {t('session.sign-out')}
        </button>
      </div>
    </details>
  );
}
