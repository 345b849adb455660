import { Injectable } from '@nestjs/common';
import { type Actor, allow } from '../../access/index.js';
import { Database, inTransaction, type Tx } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { notFound, Problem } from '../../shared/problem.js';
import { findWarehouse } from '../warehouse.store.js';
import type { CommandDto, ResolveCommand } from './command.dto.js';
import { canBeResolved, fingerprintOf } from './command.rules.js';
import { CommandService, tellCommand } from './command.service.js';
import * as store from './command.store.js';

/** While somebody settles a command nobody else does; a process that dies leaves it to others after this. */
const CLAIM_MS = 30_000;

@Injectable()
export class ResolutionService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly commands: CommandService,
  ) {}

  /**
   * Settles a refused or waiting command: it is dropped, or carried out corrected in the name of who settles it, under the rules of the
   * ordinary command, whose refusals are answered as they are. 404 `stock-command.not-found`; 409 `stock-command.step-not-allowed` when
   * it is settled, `stock-command.exists` while somebody else is about it.
   */
  async resolveCommand(actor: Actor, id: string, input: ResolveCommand): Promise<CommandDto> {
    const now = this.clock.now();
    const row = await inTransaction(this.db, async (tx) => {
      const found = await mayResolve(tx, actor, id);
      const until = new Date(now.getTime() + CLAIM_MS);
      if (!(await store.claimCommand(tx, id, { now, until }))) throw new Problem('stock-command.exists', { id });
      return found;
    });
    try {
      const resultId = input.how === 'dropped' ? null : await this.carryOut(actor, row, input);
      return await inTransaction(this.db, async (tx) => {
        await store.saveResolution(tx, id, { how: input.how, note: input.note, by: actor.name, at: now, resultId });
        return tellCommand(tx, actor, { id, kind: `stock.command-${input.how}`, at: now });
      });
    } catch (error) {
      await inTransaction(this.db, (tx) => store.releaseClaim(tx, id));
      throw error;
    }
  }

  private async carryOut(actor: Actor, row: store.CommandRow, input: ResolveCommand): Promise<string> {
    const { kind, body: told } = row;
    const body = input.body ?? told;
    const occurredAt = input.occurredAt ?? row.occurredAt.toISOString();
    const times = { occurredAt, recordedAt: row.recordedAt.toISOString() };
    const fingerprint = fingerprintOf({ kind, body, clockOffsetMs: 0, ...times });
    const command = { key: `command:${row.id}:corrected`, fingerprint };
    return (await this.commands.run({ ...actor, command }, { kind, body }, times)).id;
  }
}

async function mayResolve(tx: Tx, actor: Actor, id: string): Promise<store.CommandRow> {
  const row = await store.lockCommand(tx, id);
  const warehouse = row?.warehouseId ? await findWarehouse(tx, row.warehouseId) : undefined;
  const own = row?.userId === actor.userId;
  if (!row || (!own && !warehouse?.scope.some((key) => actor.keys.includes(key)))) throw notFound('stock-command', id);
  if (warehouse) allow(actor, 'stock.resolve', { paths: [warehouse.societyPath], warehouseId: warehouse.id });
  if (!canBeResolved(row.state)) throw new Problem('stock-command.step-not-allowed', { state: row.state });
  return row;
}
