import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { findCount } from '../counting/count.store.js';
import { CountService } from '../counting/count.service.js';
import { AdjustmentService } from '../changing/adjustment.service.js';
import { BinMoveService } from '../moving/bin-move.service.js';
import { findIssue } from '../moving/issue.store.js';
import { IssueService } from '../moving/issue.service.js';
import { findTransfer } from '../moving/transfer.store.js';
import { TransportService } from '../moving/transport.service.js';
import { ReceiptService } from '../receiving/receipt.service.js';
import { COMMAND_BODIES, type CommandKind, type Proposal } from './command.dto.js';
import { type KeptProblem, withoutBin, withoutBinOf } from './command.rules.js';

/** When a command happened and was written down, in the time of the server. */
export interface CommandTimes {
  occurredAt: string;
  recordedAt: string;
}

/** One kind of command: the ordinary command that it runs as, whose warehouse it is about, and what can be proposed after a refusal. */
export interface Kind<K extends CommandKind = CommandKind> {
  run(actor: Actor, body: z.infer<(typeof COMMAND_BODIES)[K]>, times: CommandTimes): Promise<{ id: string }>;
  warehouseOf(tx: Tx, body: z.infer<(typeof COMMAND_BODIES)[K]>): Promise<string | null>;
  /** The paper whose next step it is: a step that came before its turn is tried again when an earlier one has arrived. */
  paperOf?(body: z.infer<(typeof COMMAND_BODIES)[K]>): string;
  propose?(problem: KeptProblem, body: Record<string, unknown>): Proposal | null;
}
type Kinds = { [K in CommandKind]: Kind<K> };

/** Every kind is one entry. A kind that posts stock by itself is none of ours: it runs through its own service, under its own rules. */
@Injectable()
export class CommandKinds {
  private readonly kinds: Kinds;

  constructor(
    receipts: ReceiptService,
    counts: CountService,
    binMoves: BinMoveService,
    issues: IssueService,
    transport: TransportService,
    adjustments: AdjustmentService,
  ) {
    const ofCount = async (tx: Tx, { countId }: { countId: string }) => (await findCount(tx, countId))?.warehouseId ?? null;
    this.kinds = {
      receipt: {
        run: (actor, body, times) => receipts.receiveGoods(actor, { ...body, ...times }),
        warehouseOf: async (_, { warehouseId }) => warehouseId,
        propose: ({ code, params }, body) => (code === 'bin.not-found' ? { body: withoutBin(body, params.id) } : null),
      },
      'count-line': {
        run: (actor, { countId, lineId, units }, { occurredAt: countedAt }) =>
          counts.countLine(actor, countId, lineId, { units, countedAt, clockOffsetMs: 0 }),
        warehouseOf: ofCount,
      },
      'count-found': {
        run: (actor, { countId, ...line }, { occurredAt: countedAt }) =>
          counts.addFoundLine(actor, countId, { ...line, countedAt, clockOffsetMs: 0 }),
        warehouseOf: ofCount,
      },
      'bin-move': {
        run: (actor, body, times) => binMoves.moveBins(actor, { ...body, ...times }),
        warehouseOf: async (_, { warehouseId }) => warehouseId,
      },
      adjustment: {
        run: (actor, body, times) => adjustments.draft(actor, { ...body, replacements: [], submit: true, ...times }),
        warehouseOf: async (_, { warehouseId }) => warehouseId,
      },
      ...issueKinds(issues),
      ...transferKinds(transport),
    };
  } // prettier-ignore

  of(kind: CommandKind): Kind {
    return this.kinds[kind] as unknown as Kind;
  }
}

type IssueKinds = 'issue-pick' | 'issue-hand-over' | 'issue-sign';
function issueKinds(issues: IssueService): { [K in IssueKinds]: Kind<K> } {
  const place = {
    warehouseOf: async (tx: Tx, { issueId }: { issueId: string }) => (await findIssue(tx, issueId))?.warehouseId ?? null,
    paperOf: ({ issueId }: { issueId: string }) => issueId,
  };
  return {
    'issue-pick': { run: (actor, { issueId }, times) => issues.pick(actor, issueId, times), ...place },
    'issue-hand-over': { run: (actor, { issueId, ...body }, times) => issues.issue(actor, issueId, { ...body, ...times }), ...place },
    'issue-sign': { run: (actor, { issueId, ...body }, times) => issues.sign(actor, issueId, { ...body, ...times }), ...place },
  };
} // prettier-ignore

type TransferKinds = Extract<CommandKind, `transfer-${string}`>;
function transferKinds(transport: TransportService): { [K in TransferKinds]: Kind<K> } {
  const at = (end: 'fromWarehouseId' | 'toWarehouseId') => ({
    warehouseOf: async (tx: Tx, { transferId }: { transferId: string }) => (await findTransfer(tx, transferId))?.[end] ?? null,
    paperOf: ({ transferId }: { transferId: string }) => transferId,
  });
  const [from, to] = [at('fromWarehouseId'), at('toWarehouseId')];
  return {
    'transfer-pick': { run: (actor, { transferId }, times) => transport.pick(actor, transferId, times), ...from },
    'transfer-load': { run: (actor, { transferId, ...body }, times) => transport.load(actor, transferId, { ...body, ...times }), ...from },
    'transfer-depart': { run: (actor, { transferId }, times) => transport.depart(actor, transferId, times), ...from },
    'transfer-arrive': { run: (actor, { transferId }, times) => transport.arrive(actor, transferId, times), ...to },
    'transfer-receive': {
      run: (actor, { transferId, ...body }, times) => transport.receive(actor, transferId, { ...body, ...times }),
      ...to,
      propose: ({ code, params }, body) => (code === 'bin.not-found' ? { body: withoutBinOf(body, params.id) } : null),
    },
  };
} // prettier-ignore
