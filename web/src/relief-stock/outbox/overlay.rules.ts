import type { CommandKind } from '../../../../src/relief-stock/offline/command.dto.js';
import { paperIdOf, type StockAct } from './act.rules.js';

/** Where a step leads that the server has not heard of yet. */
const LEADS_TO: Partial<Record<CommandKind, string>> = {
  'issue-pick': 'picking', 'issue-sign': 'signed', 'transfer-pick': 'picking', 'transfer-load': 'loaded', 'transfer-depart': 'departed',
  'transfer-arrive': 'arrived', 'order-pick': 'picking', 'order-ship': 'shipped',
  'transfer-receive': 'received',
}; // prettier-ignore

const leadsTo = ({ kind, body }: Pick<StockAct, 'kind' | 'body'>): string | undefined =>
  kind === 'issue-hand-over' ? (body.receiverName ? 'signed' : 'issued') : LEADS_TO[kind];

/** A paper as this device knows it: the server's word and the steps that wait here, so that the next step can be taken too. */
export function withSteps<P extends { id: string; status: string; statusSince: string }>(
  paper: P,
  acts: readonly StockAct[],
): P {
  const last = acts
    .filter((act) => act.state === 'waiting' && paperIdOf(act) === paper.id)
    .reduce<StockAct | null>((latest, act) => (latest && latest.atMs > act.atMs ? latest : act), null);
  const status = last && leadsTo(last);
  return status ? { ...paper, status, statusSince: new Date(last.atMs).toISOString() } : paper;
}

type Line = { contentId: string; units: number };
/** Units of goods in a bin that moves which wait here will take away. */
export const unitsLeaving = (contentId: string, acts: readonly StockAct[]): number =>
  acts
    .filter(({ state, kind }) => state === 'waiting' && kind === 'bin-move')
    .flatMap(({ body }) => body.lines as Line[])
    .filter((line) => line.contentId === contentId)
    .reduce((sum, { units }) => sum + units, 0);
