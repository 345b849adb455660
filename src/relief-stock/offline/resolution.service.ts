import { Injectable } from '@nestjs/common';
import { type Actor, allow } from '../../access/index.js';
import { Database, inTransaction, type Tx } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { notFound, Problem } from '../../shared/problem.js';
import { findWarehouse } from '../warehouse.store.js';
import type { CommandDto, ResolveCommand } from './command.dto.js';
import { canBeResolved, fingerprintOf, isStorable } from './command.rules.js';
import { CommandService, tellCommand } from './command.service.js';
import * as store from './command.store.js';

@Injectable()
export class ResolutionService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly commands: CommandService,
  ) {}

  /**
   * Settles a refused or waiting command: it is dropped, or carried out corrected in the name of who settles it, under the rules of the
   * ordinary command, whose refusals are answered as they are. What it does and that it is settled are one transaction, so that neither another
   * person nor the device, which may tell it again at this moment, does it a second time. 404 `stock-command.not-found`; 409
   * `stock-command.step-not-allowed` when it is settled or has had its effect.
   */
  async resolveCommand(actor: Actor, id: string, input: ResolveCommand): Promise<CommandDto> {
    if (!isStorable(input.body)) {
      throw new Problem('request.invalid', {}, { errors: [{ pointer: '/body', code: 'invalid_format' }] });
    }
    const row = await inTransaction(this.db, (tx) => mayResolve(tx, actor, id));
    let settled: CommandDto | undefined;
    const settle = async (tx: Tx, resultId: string | null) => {
      const end = { how: input.how, note: input.note, by: actor.name, at: this.clock.now(), resultId };
      if (!(await store.saveResolution(tx, id, end))) throw settledBefore();
      settled = await tellCommand(tx, actor, { id, kind: `stock.command-${input.how}`, at: end.at });
    };
    if (input.how === 'dropped') await inTransaction(this.db, (tx) => settle(tx, null));
    else await this.carryOut(actor, row, { input, settle });
    if (!settled) throw settledBefore(); // the same person at the same time
    return settled;
  }

  private async carryOut(
    actor: Actor,
    row: store.CommandRow,
    { input, settle }: { input: ResolveCommand; settle: (tx: Tx, resultId: string) => Promise<void> },
  ): Promise<void> {
    const { kind, body: told } = row;
    const body = input.body ?? told;
    const occurredAt = input.occurredAt ?? row.occurredAt.toISOString();
    const times = { occurredAt, recordedAt: row.recordedAt.toISOString() };
    const fingerprint = fingerprintOf({ kind, body, clockOffsetMs: 0, ...times });
    const hadEffect = (tx: Tx, answer: object) => settle(tx, (answer as { id: string }).id);
    const command = { key: `command:${row.id}:corrected`, fingerprint, hadEffect };
    await this.commands.run({ ...actor, command }, { kind, body }, times);
  }
}

const settledBefore = () => new Problem('stock-command.step-not-allowed', { state: 'resolved' });

async function mayResolve(tx: Tx, actor: Actor, id: string): Promise<store.CommandRow> {
  const row = await store.lockCommand(tx, id);
  const warehouse = row?.warehouseId ? await findWarehouse(tx, row.warehouseId) : undefined;
  const own = row?.userId === actor.userId;
  if (!row || (!own && !warehouse?.scope.some((key) => actor.keys.includes(key)))) throw notFound('stock-command', id);
  if (warehouse) allow(actor, 'stock.resolve', { paths: [warehouse.societyPath], warehouseId: warehouse.id });
  if (!canBeResolved(row.state)) throw new Problem('stock-command.step-not-allowed', { state: row.state });
  return row;
}
