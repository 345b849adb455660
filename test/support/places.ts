import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { GROUPS } from '../../web/src/relief-stock/works.rules.js';
import { DESK, drawn, PHONE, TABLET } from './browser.js';

/** A place in the product: who goes there, by which address, and what is opened there. */
export interface Place {
  name: string;
  account: string | null;
  path: string;
  viewport?: { width: number; height: number };
  open?: (page: Page) => Promise<void>;
}

const OFFICER = 'duty.331000';
const KEEPER = 'keeper.WH-331000-1';
const LEADER = 'leader.T-331081-WR-1';
const ADMIN = 'admin.330000';
/** Pages that are not an officer's. */
const ACCOUNT_OF: Record<string, string> = {
  keeper: KEEPER, scan: KEEPER, accounts: ADMIN, settings: ADMIN, factors: ADMIN, travel: ADMIN, channels: ADMIN, layers: ADMIN, audit: ADMIN, health: ADMIN,
}; // prettier-ignore

/** Names in a list of pages, read from its text: the file itself needs the bundler's types. */
const namesIn = (file: string, name: RegExp): string[] =>
  [...readFileSync(file, 'utf8').matchAll(name)].map(([, found]) => found!);
export const PAGE_NAMES = namesIn('web/src/app/pages.ts', /^ {2}'?([\w-]+)'?: lazy\(/gm);
export const REPORT_NAMES = namesIn('web/src/reports/ReportsPage.tsx', /^ {2}\{ key: '([\w-]+)', Panel:/gm);

/** Pages behind the first page of a warehouse work. */
const BEHIND_WORKS = [
  'receiving/new', 'adjustments/new', 'kits/define', 'kits/packs', 'requests/new', 'watch/policies', 'donations/new', 'donations/funds',
  'donations/distributions', 'ledger/as-of', 'ledger/network', 'catalogue/new', 'catalogue/bins',
]; // prettier-ignore
const BEHIND = [
  'duty/handover', 'duty/channels', 'plans/new', 'accounts/new', 'layers/new', 'keeper/works', 'incidents/new', 'help/words',
  'help/dutyOfficer.dispatch', ...REPORT_NAMES.map((report) => `reports/${report}`),
]; // prettier-ignore

const first = (page: Page): Promise<void> => page.locator('.queue-row').first().getByRole('button').dblclick();
const byKey = (key: string) => (page: Page) => page.keyboard.press(key);

/** What is opened over a page, one at a time. */
const OVER: Place[] = [
  { name: 'command bar', account: OFFICER, path: '', open: byKey('Slash') },
  { name: 'help', account: OFFICER, path: '', open: byKey('Shift+Slash') },
  { name: 'alarms', account: OFFICER, path: '', open: (page) => page.locator('.alarm-counts').click() },
  { name: 'menu', account: OFFICER, path: '', open: (page) => page.locator('.menu > summary').click() },
  { name: 'incident', account: OFFICER, path: '', open: first },
  {
    name: 'question before a step',
    account: OFFICER,
    path: '',
    open: async (page) => {
      await first(page);
      await page.locator('.incident-acts > button').nth(-2).click(); // before the way back: not to be dealt with
    },
  },
];

const place = (path: string): Place => ({ name: path, account: ACCOUNT_OF[path.split('/')[0]!] ?? OFFICER, path });

/** Every page, every warehouse work, what lies behind them and what opens over them: a new page is among them by itself. */
export const PLACES: readonly Place[] = [
  { name: 'sign-in', account: null, path: '' },
  { name: 'console', account: OFFICER, path: '' },
  ...[...PAGE_NAMES, ...BEHIND].map(place),
  ...[...GROUPS.flatMap(({ works }) => works), ...BEHIND_WORKS].map((work) => place(`keeper/${work}`)),
  ...OVER,
  { name: 'phone, home', account: LEADER, path: '/phone.html', viewport: PHONE },
];

export const viewportOf = ({ account, viewport }: Place): { width: number; height: number } =>
  viewport ?? (account === KEEPER ? TABLET : DESK);
/** Keepers and those who keep the system also have their pages on a phone. */
export const smallViewportOf = (place: Place): { width: number; height: number } =>
  place.account === KEEPER || place.account === ADMIN ? PHONE : viewportOf(place);

/** The address of a place, from the root of the server. */
export const addressOf = ({ path }: Place): string => (path.startsWith('/') ? path : `/#/${path}`);

/** Goes to a place within the same document: the mark of readiness is the new page's once it has been drawn. */
export async function goTo(page: Page, where: Place): Promise<void> {
  await page.goto(addressOf(where));
  await settled(page);
  await where.open?.(page);
  await settled(page);
}

export async function settled(page: Page): Promise<void> {
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  await drawn(page);
}
