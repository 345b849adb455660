import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { findCount } from '../counting/count.store.js';
import { CountService } from '../counting/count.service.js';
import { ReceiptService } from '../receiving/receipt.service.js';
import { COMMAND_BODIES, type CommandKind, type Proposal } from './command.dto.js';
import { type KeptProblem, withoutBin } from './command.rules.js';

/** When a command happened and was written down, in the time of the server. */
export interface CommandTimes {
  occurredAt: string;
  recordedAt: string;
}

/** One kind of command: the ordinary command that it runs as, whose warehouse it is about, and what can be proposed after a refusal. */
export interface Kind<K extends CommandKind = CommandKind> {
  run(actor: Actor, body: z.infer<(typeof COMMAND_BODIES)[K]>, times: CommandTimes): Promise<{ id: string }>;
  warehouseOf(tx: Tx, body: z.infer<(typeof COMMAND_BODIES)[K]>): Promise<string | null>;
  propose?(problem: KeptProblem, body: Record<string, unknown>): Proposal | null;
}
type Kinds = { [K in CommandKind]: Kind<K> };

/** Every kind is one entry. A kind that posts stock by itself is none of ours: it runs through its own service, under its own rules. */
@Injectable()
export class CommandKinds {
  private readonly kinds: Kinds;

  constructor(receipts: ReceiptService, counts: CountService) {
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
    };
  } // prettier-ignore

  of(kind: CommandKind): Kind {
    return this.kinds[kind] as unknown as Kind;
  }
}
