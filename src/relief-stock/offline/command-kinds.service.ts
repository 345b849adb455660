import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { ensure } from '../../shared/problem.js';
import { findCount } from '../counting/count.store.js';
import { CountService } from '../counting/count.service.js';
import { AdjustmentService } from '../changing/adjustment.service.js';
import { BinMoveService } from '../moving/bin-move.service.js';
import { findIssue } from '../moving/issue.store.js';
import { IssueService } from '../moving/issue.service.js';
import { findTransfer } from '../moving/transfer.store.js';
import { TransportService } from '../moving/transport.service.js';
import { ReceiptService } from '../receiving/receipt.service.js';
import { COMMAND_BODIES, type CommandKind, type OrderKind, type Proposal, type StockKind } from './command.dto.js';
import { type KeptProblem, withoutBin, withoutBinOf } from './command.rules.js';

/** When a command happened and was written down, in the time of the server. */
export interface CommandTimes {
  occurredAt: string;
  recordedAt: string;
}

/** One kind of command: the ordinary command that it runs as, whose warehouse it is about, and what can be proposed after a refusal. */
export interface Kind<B> {
  run(actor: Actor, body: B, times: CommandTimes): Promise<{ id: string }>;
  warehouseOf(tx: Tx, body: B): Promise<string | null>;
  /** The paper whose next step it is: a step that came before its turn is tried again when an earlier one has arrived. */
  paperOf?(body: B): string;
  propose?(problem: KeptProblem, body: Record<string, unknown>): Proposal | null;
}
type KindOf<K extends StockKind> = Kind<z.infer<(typeof COMMAND_BODIES)[K]>>;
type Kinds = { [K in StockKind]: KindOf<K> };
type Entered = { schema: z.ZodType; kind: Kind<never> };

/** Every kind is one entry. A kind that posts stock by itself is none of ours: it runs through its own service, under its own rules. */
@Injectable()
export class CommandKinds {
  private readonly kinds: Kinds;
  private readonly entered = new Map<OrderKind, Entered>();

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

  /** Enters a kind about the orders of a mission: what it says, and the ordinary command that it runs as. */
  enter<S extends z.ZodType>(name: OrderKind, schema: S, kind: Kind<z.infer<S>>): this {
    this.entered.set(name, { schema, kind: kind as unknown as Kind<never> });
    return this;
  }

  of(name: CommandKind): Kind<never> {
    return (this.entered.get(name as OrderKind)?.kind ?? this.kinds[name as StockKind]) as unknown as Kind<never>;
  }

  /** What a kind says beside its times. */
  schemaOf(name: CommandKind): z.ZodType {
    const schema = this.entered.get(name as OrderKind)?.schema ?? COMMAND_BODIES[name as StockKind];
    ensure(schema !== undefined, 'every kind of command has been entered');
    return schema;
  }
}

type IssueKinds = 'issue-pick' | 'issue-hand-over' | 'issue-sign';
function issueKinds(issues: IssueService): { [K in IssueKinds]: KindOf<K> } {
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

type TransferKinds = Extract<StockKind, `transfer-${string}`>;
function transferKinds(transport: TransportService): { [K in TransferKinds]: KindOf<K> } {
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
