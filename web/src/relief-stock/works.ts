import { type ComponentType, lazy } from 'react';

/** One kind of warehouse work with a page of its own: `#/keeper/<key>`. Its words: `work.<key>` and `work.<key>.hint`. */
export interface Work {
  key: string;
  Page: ComponentType<{ warehouseId: string; parts: readonly string[] }>;
  /** What waits there, on the tile. */
  Badge?: ComponentType<{ warehouseId: string }>;
}

type Load<Props> = () => Promise<{ default: ComponentType<Props> }>;
export const work = (
  key: string,
  load: Load<{ warehouseId: string; parts: readonly string[] }>,
  badge?: Load<{ warehouseId: string }>,
): Work => ({ key, Page: lazy(load), ...(badge ? { Badge: lazy(badge) } : {}) });

/** The works behind the tab "more", in the order of the tiles. */
export const WORKS: readonly Work[] = [
  work('receiving', () => import('./receiving/ReceivingPage.js')),
  work('counts', () => import('./counting/CountingPage.js')),
  work('adjustments', () => import('./changing/AdjustmentsPage.js')),
  work('reversals', () => import('./changing/ReversalsPage.js')),
  work('kits', () => import('./changing/KitsPage.js')),
  work('lots', () => import('./changing/LotsPage.js')),
  work('returns', () => import('./changing/ReturnsPage.js')),
  work('transfers', () => import('./moving/TransfersPage.js')),
  work('issues', () => import('./moving/IssuesPage.js')),
  work('bin-moves', () => import('./moving/BinMovesPage.js')),
  work('requests', () => import('./requests/RequestsPage.js')),
  work(
    'watch',
    () => import('./watch/WatchPage.js'),
    () => import('./watch/NoticeBadge.js'),
  ),
  work('capacity', () => import('./watch/CapacityPage.js')),
  work('donations', () => import('./donations/DonationsPage.js')),
  work('ledger', () => import('./ledger/LedgerPage.js')),
  work('catalogue', () => import('./catalogue/CataloguePage.js')),
  work('sheets', () => import('./sheets/SheetsPage.js')),
  work('outbox', () => import('./outbox/OutboxPage.js')),
  work('refused', () => import('./counting/RefusedPage.js')),
];
