import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';

/** The pages beside the console, by the first word of their address. Each brings its own chunk: most desks open few of them. */
export const PAGES: Record<string, LazyExoticComponent<ComponentType>> = {
  duty: lazy(() => import('../duty/DutyPage.js')),
  requests: lazy(() => import('../relief-stock/requests/RequestsDesk.js')),
  keeper: lazy(() => import('../relief-stock/KeeperPage.js')),
  scan: lazy(() => import('../relief-stock/scan/ScanPage.js')),
  plans: lazy(() => import('../incidents/plans/PlansPage.js')),
  drills: lazy(() => import('../drills/DrillsPage.js')),
  screens: lazy(() => import('../screens/ScreensPage.js')),
  help: lazy(() => import('../help/HelpPage.js')),
  reports: lazy(() => import('../reports/ReportsPage.js')),
  accounts: lazy(() => import('../access/AccountsPage.js')),
};

/** What the menu offers, in its order; `menu.<name>` are the words. A scanned code opens its page by itself. */
export const IN_MENU = ['duty', 'requests', 'keeper', 'plans', 'drills', 'reports', 'screens', 'accounts', 'help'];
