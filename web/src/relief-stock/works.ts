import { type ComponentType, lazy } from 'react';

/** One kind of warehouse work with a page of its own: `#/keeper/<key>`. Its words: `work.<key>` and `work.<key>.hint`. */
export interface Work {
  key: string;
  Page: ComponentType<{ warehouseId: string; parts: readonly string[] }>;
}

export const work = (key: string, load: () => Promise<{ default: Work['Page'] }>): Work => ({ key, Page: lazy(load) });

/** The works behind the tab "more", in the order of the tiles. */
export const WORKS: readonly Work[] = [
  work('transfers', () => import('./moving/TransfersPage.js')),
  work('issues', () => import('./moving/IssuesPage.js')),
  work('bin-moves', () => import('./moving/BinMovesPage.js')),
];
