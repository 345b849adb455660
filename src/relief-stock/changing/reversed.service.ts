import type { Actor } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { ensure } from '../../shared/problem.js';
import type { FactTimes } from '../fact-times.rules.js';
import { findReceipt, nextReceipt, toReceiptDto } from '../receiving/receipt.store.js';
import { adjustmentAfter } from './adjustment.rules.js';
import { adjustmentDtoOf, lockAdjustment, saveAdjustment } from './adjustment.store.js';
import { conversionDtoOf, saveReversedConversion } from './kit.store.js';
import { returnDtoOf, saveReversedReturn } from './return.store.js';
import type { ReversalRow } from './reversal.store.js';

/** A paper as it is told after its reversal. */
interface Reversed {
  subject: string;
  version: number;
  scope: string[];
  data: () => Promise<object>;
}

/** What a reversal does to the paper that it takes back, by kind. A new kind of paper that can be reversed adds its line here. */
const PAPERS: Record<ReversalRow['documentKind'], (tx: Tx, reversal: ReversalRow) => Promise<Reversed>> = {
  receipt: reversedReceipt,
  adjustment: reversedAdjustment,
  damage: reversedAdjustment,
  disposal: reversedAdjustment,
  rotation: reversedAdjustment,
  conversion: async (tx, { documentId }) => {
    const row = await saveReversedConversion(tx, documentId);
    return {
      subject: 'stock-conversion',
      version: row.version,
      scope: row.scope,
      data: () => conversionDtoOf(tx, row),
    };
  },
  return: async (tx, { documentId }) => {
    const row = await saveReversedReturn(tx, documentId);
    return { subject: 'stock-return', version: row.version, scope: row.scope, data: () => returnDtoOf(tx, row) };
  },
};

async function reversedAdjustment(tx: Tx, { documentId, statusSince }: ReversalRow): Promise<Reversed> {
  const row = await lockAdjustment(tx, documentId);
  ensure(row !== undefined, 'a reversal keeps its paper');
  const status = adjustmentAfter(row.status, 'reverse');
  const saved = await saveAdjustment(tx, { ...row, status, statusSince });
  return {
    subject: 'stock-adjustment',
    version: saved.version,
    scope: row.scope,
    data: () => adjustmentDtoOf(tx, saved),
  };
}

async function reversedReceipt(tx: Tx, { documentId }: ReversalRow): Promise<Reversed> {
  await nextReceipt(tx, documentId);
  const found = await findReceipt(tx, documentId);
  ensure(found !== undefined, 'a reversal keeps its paper');
  const told = async () => {
    const { row, signatures } = (await findReceipt(tx, documentId))!;
    return toReceiptDto(row, signatures);
  };
  return { subject: 'goods-receipt', version: found.row.version, scope: found.scope, data: told };
}

/** Locks the paper and marks it as taken back. Answers how to tell it once the reversal stands. */
export async function markReversed(
  tx: Tx,
  reversal: ReversalRow,
): Promise<(actor: Actor, times: FactTimes) => Promise<void>> {
  const { subject, version, scope, data } = await PAPERS[reversal.documentKind](tx, reversal);
  return async (actor, { occurredAt, recordedAt }) => {
    const id = reversal.documentId;
    await recordChange(tx, {
      kind: `${subject}.reversed`,
      subject,
      id,
      version,
      scope,
      data: await data(),
      actor,
      occurredAt,
      recordedAt,
    });
  };
}
