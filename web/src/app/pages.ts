import { lazy } from 'react';
import type { Action } from '../../../src/access/actions.data.js';
import type { ComponentType, LazyExoticComponent } from 'react';

/** The pages beside the console, by the first word of their address. Each brings its own chunk: most desks open few of them. */
export const PAGES: Record<string, LazyExoticComponent<ComponentType>> = {
  duty: lazy(() => import('../duty/DutyPage.js')),
  requests: lazy(() => import('../relief-stock/requests/RequestsDesk.js')),
  keeper: lazy(() => import('../relief-stock/KeeperPage.js')),
  structure: lazy(() => import('../structure/StructurePage.js')),
  together: lazy(() => import('../suggestions/TogetherPage.js')),
  scan: lazy(() => import('../relief-stock/scan/ScanPage.js')),
  past: lazy(() => import('../past/PastPage.js')),
  plans: lazy(() => import('../incidents/plans/PlansPage.js')),
  drills: lazy(() => import('../drills/DrillsPage.js')),
  screens: lazy(() => import('../screens/ScreensPage.js')),
  help: lazy(() => import('../help/HelpPage.js')),
  reports: lazy(() => import('../reports/ReportsPage.js')),
  accounts: lazy(() => import('../access/AccountsPage.js')),
  settings: lazy(() => import('../settings/SettingsPage.js')),
  factors: lazy(() => import('../comparison/FactorsPage.js')),
  travel: lazy(() => import('../travel/TravelPage.js')),
  channels: lazy(() => import('../channels/ChannelsPage.js')),
  layers: lazy(() => import('../map-layers/LayersPage.js')),
  audit: lazy(() => import('../record/AuditPage.js')),
  health: lazy(() => import('../health/HealthPage.js')),
};

/** What the menu offers, in its order; `menu.<name>` are the words. A scanned code opens its page by itself. */
export const IN_MENU = [
  'duty',
  'requests',
  'keeper',
  'together',
  'structure',
  'plans',
  'past',
  'drills',
  'reports',
  'screens',
  'accounts',
  'settings',
  'factors',
  'travel',
  'channels',
  'layers',
  'audit',
  'health',
  'help',
];

/** Pages that the menu offers only to whoever may do this somewhere; the server has the last word. */
export const MENU_NEEDS: Partial<Record<string, Action>> = {
  together: 'suggestion.decide',
  structure: 'stock.transfer',
  settings: 'clock.set',
  factors: 'factor.decide',
  travel: 'travel.manage',
  channels: 'channel.manage',
  layers: 'map.manage',
  audit: 'journal.browse',
  health: 'system.look',
};
