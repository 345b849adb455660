import { lazy } from 'react';
import type { ComponentType } from 'react';

/** The keeper's pages bring their own chunk: most desks never open them. */
const files = import.meta.glob<{ default: ComponentType }>('../relief-stock/KeeperPage.tsx');
const load = files['../relief-stock/KeeperPage.tsx'];
export const KeeperPage = load ? lazy(load) : null;

const scans = import.meta.glob<{ default: ComponentType }>('../relief-stock/scan/ScanPage.tsx');
const loadScan = scans['../relief-stock/scan/ScanPage.tsx'];
/** What a code on a label or paper names: where a phone's camera lands. */
export const ScanPage = loadScan ? lazy(loadScan) : null;

const desks = import.meta.glob<{ default: ComponentType }>('../relief-stock/requests/RequestsDesk.tsx');
const loadDesk = desks['../relief-stock/requests/RequestsDesk.tsx'];
/** Requests for goods, for the duty officer who answers them. */
export const RequestsDesk = loadDesk ? lazy(loadDesk) : null;

const accounts = import.meta.glob<{ default: ComponentType }>('../access/AccountsPage.tsx');
const loadAccounts = accounts['../access/AccountsPage.tsx'];
/** One's own password, and for administrators the accounts of their societies. */
export const AccountsPage = loadAccounts ? lazy(loadAccounts) : null;

const plans = import.meta.glob<{ default: ComponentType }>('../incidents/plans/PlansPage.tsx');
const loadPlans = plans['../incidents/plans/PlansPage.tsx'];
/** The library of plans. */
export const PlansPage = loadPlans ? lazy(loadPlans) : null;

const duties = import.meta.glob<{ default: ComponentType }>('../duty/DutyPage.tsx');
const loadDuty = duties['../duty/DutyPage.tsx'];
/** The duty of a desk: its roster and its hand-overs. */
export const DutyPage = loadDuty ? lazy(loadDuty) : null;
const drills = import.meta.glob<{ default: ComponentType }>('../drills/DrillsPage.tsx');
const loadDrills = drills['../drills/DrillsPage.tsx'];
/** Drills: planned, running, over; and how the one stands in which this page is. */
export const DrillsPage = loadDrills ? lazy(loadDrills) : null;
