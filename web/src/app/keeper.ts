import { lazy } from 'react';
import type { ComponentType } from 'react';

/** The keeper's pages bring their own chunk: most desks never open them. */
const files = import.meta.glob<{ default: ComponentType }>('../relief-stock/KeeperPage.tsx');
const load = files['../relief-stock/KeeperPage.tsx'];
export const KeeperPage = load ? lazy(load) : null;

const desks = import.meta.glob<{ default: ComponentType }>('../relief-stock/requests/RequestsDesk.tsx');
const loadDesk = desks['../relief-stock/requests/RequestsDesk.tsx'];
/** Requests for goods, for the duty officer who answers them. */
export const RequestsDesk = loadDesk ? lazy(loadDesk) : null;
