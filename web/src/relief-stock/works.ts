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
  work('requests', () => import('./requests/RequestsPage.js')),
  work(
    'watch',
    () => import('./watch/WatchPage.js'),
    () => import('./watch/NoticeBadge.js'),
  ),
];
