import { z } from 'zod';
import { id, instant, LIMITS, page, pageQuery, text, units, version } from '../../shared/fields.dto.js';
import { draftAdjustment } from '../changing/adjustment.dto.js';
import { moveBins } from '../moving/bin-move.dto.js';
import { issueGoods, signIssue } from '../moving/issue.dto.js';
import { loadTransfer, receiveTransfer } from '../moving/transfer.dto.js';
import { COUNT_LIMITS, foundLater } from '../counting/count.dto.js';
import { receiveGoodsLater } from '../receiving/receipt.dto.js';

/** The commands about papers of a store that a device may write down while it is away; each is one entry of `command-kinds.service.ts`. */
export const STOCK_KINDS = [
  'receipt', 'count-line', 'count-found', 'bin-move', 'issue-pick', 'issue-hand-over', 'issue-sign', 'transfer-pick', 'transfer-load',
  'transfer-depart', 'transfer-arrive', 'transfer-receive', 'adjustment',
] as const; // prettier-ignore
/** Those about the orders of a mission: what they say and do is entered by the module that keeps the orders. */
export const ORDER_KINDS = ['order-pick', 'order-ship'] as const;
export const commandKind = z.enum([...STOCK_KINDS, ...ORDER_KINDS]);
export type CommandKind = z.infer<typeof commandKind>;
export type StockKind = (typeof STOCK_KINDS)[number];
export type OrderKind = (typeof ORDER_KINDS)[number];

/** What is the command's own: its times, and which version of a paper the device had seen. */
const OWN = { occurredAt: true, recordedAt: true, version: true } as const;
const ofIssue = { issueId: id };
const ofTransfer = { transferId: id };
/** What each kind about a paper of a store says beside its times: those are the command's own. */
export const COMMAND_BODIES = {
  receipt: receiveGoodsLater,
  'count-line': z.object({ countId: id, lineId: id, units: units.or(z.literal(0)) }),
  'count-found': foundLater,
  'bin-move': moveBins.omit({ id: true, occurredAt: true, recordedAt: true }),
  'issue-pick': z.object(ofIssue), 'issue-hand-over': issueGoods.omit(OWN).extend(ofIssue), 'issue-sign': signIssue.omit(OWN).extend(ofIssue),
  'transfer-pick': z.object(ofTransfer), 'transfer-load': loadTransfer.omit(OWN).extend(ofTransfer), 'transfer-depart': z.object(ofTransfer),
  'transfer-arrive': z.object(ofTransfer), 'transfer-receive': receiveTransfer.omit(OWN).extend(ofTransfer),
  adjustment: draftAdjustment.omit({ id: true, submit: true, replacements: true, occurredAt: true, recordedAt: true })
    .extend({ kind: z.enum(['adjustment', 'damage']) }),
} satisfies Record<StockKind, z.ZodType>; // prettier-ignore

const fact = z.union([z.string().max(LIMITS.text), z.number(), z.boolean(), z.null()]);
/**
 * clientId: made and kept by the device before it sends. after: the command it builds on. seen: what the person saw (lot, cell, units),
 * for who has to decide later. clockOffsetMs: what must be added to the device's times to have the server's.
 */
export const offlineCommand = z.object({
  clientId: id, kind: commandKind, occurredAt: instant, recordedAt: instant,
  clockOffsetMs: z.int().min(-COUNT_LIMITS.offsetMs).max(COUNT_LIMITS.offsetMs).default(0), after: id.optional(),
  body: z.record(z.string(), z.unknown()),
  seen: z.record(z.string().max(LIMITS.shortText), fact).refine((facts) => Object.keys(facts).length <= 20).optional(),
}); // prettier-ignore
export type OfflineCommand = z.infer<typeof offlineCommand>;
export const sendCommands = z.object({ commands: z.array(offlineCommand).min(1).max(LIMITS.list) });
export type SendCommands = z.infer<typeof sendCommands>;

const problem = z.object({
  code: z.string(),
  detail: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  errors: z.array(z.object({ pointer: z.string(), code: z.string() })).optional(),
});
/** A corrected command that would be taken now, as far as can be told: another body, or another moment. */
export const proposal = z.object({
  body: z.record(z.string(), z.unknown()).optional(),
  occurredAt: instant.optional(),
});
export type Proposal = z.infer<typeof proposal>;
export const commandAnswer = z.object({
  clientId: id, state: z.enum(['applied', 'already-applied', 'rejected', 'waiting']), resultId: id.nullable(), problem: problem.nullable(),
  proposal: proposal.nullable(),
}); // prettier-ignore
export type CommandAnswer = z.infer<typeof commandAnswer>;

export const COMMAND_STATES = ['received', 'waiting', 'rejected', 'applied', 'resolved'] as const;
export const commandState = z.enum(COMMAND_STATES);
export const commandDto = z.object({
  id, kind: commandKind, warehouseId: id.nullable(), userName: z.string(), body: z.record(z.string(), z.unknown()),
  seen: z.record(z.string(), fact).nullable(), after: id.nullable(), occurredAt: instant, recordedAt: instant, receivedAt: instant,
  state: commandState, problem: problem.nullable(), proposal: proposal.nullable(), resultId: id.nullable(), resolvedAt: instant.nullable(),
  resolvedBy: z.string().nullable(), resolution: z.enum(['dropped', 'corrected']).nullable(), note: z.string().nullable(), version,
}); // prettier-ignore
export type CommandDto = z.infer<typeof commandDto>;
export const commandPage = page(commandDto);
export const commandsQuery = z.object({ warehouseId: id, state: commandState.default('rejected'), ...pageQuery });
export type CommandsQuery = z.infer<typeof commandsQuery>;

/** corrected: carried out in the name of who resolves it, with another body or moment where they say so. */
export const resolveCommand = z.object({
  how: z.enum(['dropped', 'corrected']),
  note: text.default(''),
  body: z.record(z.string(), z.unknown()).optional(),
  occurredAt: instant.optional(),
});
export type ResolveCommand = z.infer<typeof resolveCommand>;
