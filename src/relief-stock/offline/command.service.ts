import { Injectable } from '@nestjs/common';
import { type Actor, allow, answerUnder, pathKeys, visibleOr404, warehouseKey } from '../../access/index.js';
import { Database, inTransaction, read, type Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { refusalSentence } from '../../shared/i18n.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { Problem } from '../../shared/problem.js';
import { fieldErrors } from '../../shared/validation.js';
import { findWarehouse } from '../warehouse.store.js';
import { CommandKinds, type CommandTimes } from './command-kinds.service.js';
import {
  type CommandAnswer,
  type CommandDto,
  type CommandsQuery,
  type OfflineCommand,
  type SendCommands,
} from './command.dto.js';
import {
  fateOf,
  fingerprintOf,
  inOrderOfDevice,
  isBeforeItsTurn,
  isStorable,
  kept,
  timesOf,
  type KeptProblem,
  proposalFor,
} from './command.rules.js';
import * as store from './command.store.js'; // prettier-ignore

/** Commands that devices wrote down while they were away: each runs as the ordinary command, once, however often and late it arrives. */
@Injectable()
export class CommandService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly kinds: CommandKinds,
  ) {}

  /**
   * Takes commands of a device, one after another as it wrote them down, each in a transaction of its own, and answers each: a refusal of one is none of the
   * others. What was refused before is tried again. What builds on a command that has had no effect yet waits, and runs when it has;
   * a step of a paper that came before its turn is tried again after every earlier one.
   */
  async takeCommands(actor: Actor, input: SendCommands): Promise<{ commands: CommandAnswer[] }> {
    const answers: CommandAnswer[] = [];
    const told = input.commands.map((command, n) => ({ ...command, n }));
    for (const { n, ...command } of inOrderOfDevice(told)) answers[n] = await this.take(actor, command);
    // What waited, or came before its turn, may have run since.
    for (const [n, answer] of answers.entries()) {
      const mayHaveRun = answer.state === 'waiting' || isBeforeItsTurn(answer.problem);
      if (!mayHaveRun) continue;
      const row = (await read(this.db, (tx) => store.findCommand(tx, answer.clientId)))!;
      if (row.userId === actor.userId)
        answers[n] = answerOf(actor, row, row.state === 'applied' ? 'applied' : undefined);
    }
    return { commands: answers };
  }

  /** Commands of a warehouse, the refused ones unless asked otherwise, newest first. 404 `warehouse.not-found`, 403. */
  async commands(actor: Actor, query: CommandsQuery) {
    const before = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const { warehouseId, state, limit } = query;
    const rows = await read(this.db, async (tx) => {
      const warehouse = visibleOr404(actor, await findWarehouse(tx, warehouseId), 'warehouse', warehouseId);
      allow(actor, 'stock.resolve', { paths: [warehouse.societyPath], warehouseId });
      return store.commandsBefore(tx, { warehouseId, state }, { before, limit: limit + 1 });
    });
    return toPage(rows.map((row) => toCommandDto(actor, row)), limit, (row) => [row.receivedAt, row.id]); // prettier-ignore
  }

  private async take(actor: Actor, command: OfflineCommand): Promise<CommandAnswer> {
    const unfit = (['body', 'seen'] as const).filter((part) => !isStorable(command[part]));
    if (unfit.length > 0) return unkept(actor, command.clientId, unfit);
    const fingerprint = fingerprintOf(command);
    const row = await inTransaction(this.db, async (tx) => {
      const { clientId: id, kind, body, seen = null, after = null } = command;
      const { occurredAt, recordedAt } = timesOf(command);
      const warehouseId = await this.warehouseOf(tx, actor, command);
      const { userId, name: userName } = actor;
      return store.keepCommand(tx, { id, kind, warehouseId, userId, userName, body, seen, fingerprint, after, occurredAt, recordedAt, receivedAt: this.clock.now() }); // prettier-ignore
    });
    if (row.userId !== actor.userId || !row.fingerprint.equals(fingerprint)) {
      const problem = inWords(actor, kept(new Problem('idempotency.mismatch', { key: command.clientId })));
      return { clientId: command.clientId, state: 'rejected', resultId: null, problem, proposal: null };
    }
    if (row.state === 'applied' || row.state === 'resolved') return answerOf(actor, row);
    return this.attempt(actor, row);
  }

  /** Runs a command that has had no effect yet, and then what waits for it. */
  private async attempt(actor: Actor, row: store.CommandRow): Promise<CommandAnswer> {
    const times = { occurredAt: row.occurredAt.toISOString(), recordedAt: row.recordedAt.toISOString() };
    const { end, effect } = await this.outcome(actor, row, times);
    await inTransaction(this.db, async (tx) => {
      const changed = await store.endCommand(tx, row.id, end);
      if (changed && end.state === 'rejected') await tellCommand(tx, actor, { id: row.id, kind: 'stock.command-rejected', at: row.occurredAt });
    });
    const now = (await read(this.db, (tx) => store.findCommand(tx, row.id)))!;
    if (now.state === 'applied') {
      await this.runWaiting(actor, row.id);
      await this.runEarly(actor, now);
    }
    return answerOf(actor, now, effect ? 'applied' : undefined);
  } // prettier-ignore

  /** How a run ends, and whether it was this one that had the effect. */
  private async outcome(actor: Actor, row: store.CommandRow, times: CommandTimes): Promise<{ end: store.Ending; effect: boolean }> {
    const fate = row.after ? fateOf(await read(this.db, (tx) => store.findCommand(tx, row.after!))) : 'runs';
    const nothing = { proposal: null, resultId: null };
    if (fate === 'waits') return { end: { state: 'waiting', problem: { code: 'command.waits', params: { after: row.after } }, ...nothing }, effect: false };
    try {
      if (fate === 'refused') throw new Problem('command.dependency-dropped', { after: row.after });
      let effect = false;
      // S5: the effect and its mark are one transaction; who settled the command meanwhile has undone this one.
      const hadEffect = async (tx: Tx, answer: object) => {
        effect = await store.markApplied(tx, row.id, (answer as { id: string }).id);
        if (!effect) throw new Problem('stock-command.step-not-allowed', { state: 'resolved' });
      };
      const command = { key: keyOf(row), fingerprint: row.fingerprint, hadEffect };
      const { id } = await this.run({ ...actor, command }, row, times);
      return { end: { state: 'applied', problem: null, proposal: null, resultId: id }, effect };
    } catch (error) {
      const told = await this.toldBefore(actor, row, error);
      if (told) return { end: { state: 'applied', problem: null, proposal: null, resultId: told.id }, effect: false };
      // A server that cannot is no refusal: the device tries again.
      if (!(error instanceof Problem) || error.status >= 500 || error.status === 429) throw error;
      const problem = kept(error);
      return { end: { state: 'rejected', problem, proposal: this.proposal(problem, row), resultId: null }, effect: false };
    }
  } // prettier-ignore

  /**
   * S5: a device that had network sent it as the ordinary request first, under the same key, and did not hear the answer. It had its effect then.
   */
  private async toldBefore(actor: Actor, row: store.CommandRow, error: unknown): Promise<{ id: string } | null> {
    if (!(error instanceof Problem) || error.code !== 'idempotency.mismatch') return null;
    return read(this.db, (tx) => answerUnder<{ id: string }>(tx, actor, keyOf(row)));
  }

  /** Runs a command as the ordinary one. 400 `request.invalid` with pointers into its body. */
  async run(actor: Actor, row: Pick<store.CommandRow, 'kind' | 'body'>, times: CommandTimes): Promise<{ id: string }> {
    const parsed = this.kinds.schemaOf(row.kind).safeParse(row.body);
    if (!parsed.success) throw new Problem('request.invalid', {}, { errors: fieldErrors(parsed.error.issues) });
    return this.kinds.of(row.kind).run(actor, parsed.data as never, times);
  }

  private proposal(problem: KeptProblem, row: store.CommandRow) {
    return this.kinds.of(row.kind).propose?.(problem, row.body) ?? proposalFor(problem, row, this.clock.now());
  }

  private async runWaiting(actor: Actor, id: string): Promise<void> {
    for (const waiting of await read(this.db, (tx) => store.waitingFor(tx, id, actor.userId))) {
      await this.attempt(actor, waiting);
    }
  }

  /** Steps of the same paper that this person wrote down later and that were refused because their turn had not come. */
  private async runEarly(actor: Actor, row: store.CommandRow): Promise<void> {
    const paperId = this.paperOf(row);
    if (paperId === null) return;
    for (const early of await read(this.db, (tx) => store.refusedSteps(tx, { paperId, userId: actor.userId, after: row.recordedAt }))) {
      await this.attempt(actor, early);
    }
  } // prettier-ignore

  private paperOf(row: Pick<store.CommandRow, 'kind' | 'body'>): string | null {
    const parsed = this.kinds.schemaOf(row.kind).safeParse(row.body);
    return (parsed.success && this.kinds.of(row.kind).paperOf?.(parsed.data as never)) || null;
  }

  /** The warehouse a command is about, when the actor may see it: others' lists are not filled with what is none of theirs. */
  private async warehouseOf(tx: Tx, actor: Actor, command: OfflineCommand): Promise<string | null> {
    const parsed = this.kinds.schemaOf(command.kind).safeParse(command.body);
    if (!parsed.success) return null;
    const id = await this.kinds.of(command.kind).warehouseOf(tx, parsed.data as never);
    const warehouse = id === null ? undefined : await findWarehouse(tx, id);
    return warehouse?.scope.some((key) => actor.keys.includes(key)) ? warehouse.id : null;
  }
}

/** Tells who looks after the warehouse: its own people and its societies, not who only may ask it for goods. */
export async function tellCommand(tx: Tx, actor: Actor, told: { id: string; kind: string; at: Date }): Promise<CommandDto> {
  const row = (await store.findCommand(tx, told.id))!;
  const data = toCommandDto(actor, row);
  const warehouse = row.warehouseId ? await findWarehouse(tx, row.warehouseId) : undefined;
  if (!warehouse) return data;
  const scope = [...pathKeys(warehouse.societyPath), warehouseKey(warehouse.id)];
  await recordChange(tx, { kind: told.kind, subject: 'stock-command', id: row.id, version: row.version, scope, data, actor, occurredAt: told.at });
  return data;
} // prettier-ignore

/** A command that cannot even be written down: it alone is refused, and nothing of it is kept. */
function unkept(actor: Actor, clientId: string, parts: string[]): CommandAnswer {
  const errors = parts.map((part) => ({ pointer: `/${part}`, code: 'invalid_format' }));
  const problem = inWords(actor, kept(new Problem('request.invalid', {}, { errors })));
  return { clientId, state: 'rejected', resultId: null, problem, proposal: null };
}
/** The key of a command; a device may send the ordinary request under it first. */
const keyOf = ({ id }: Pick<store.CommandRow, 'id'>): string => `command:${id}`;

const inWords = (actor: Actor, problem: KeptProblem | null) =>
  problem && { ...problem, detail: refusalSentence(actor.locale, problem.code, problem.params) };

export function toCommandDto(actor: Actor, row: store.CommandRow): CommandDto {
  const { userId: _u, fingerprint: _f, occurredAt, recordedAt, receivedAt, resolvedAt, problem, ...told } = row;
  return {
    ...told, occurredAt: occurredAt.toISOString(), recordedAt: recordedAt.toISOString(), receivedAt: receivedAt.toISOString(),
    resolvedAt: resolvedAt?.toISOString() ?? null, problem: inWords(actor, problem),
  };
} // prettier-ignore

function answerOf(actor: Actor, row: store.CommandRow, state?: CommandAnswer['state']): CommandAnswer {
  const { id: clientId, resultId, proposal } = row;
  const dropped = row.resolution === 'dropped';
  const problem = dropped ? kept(new Problem('command.withdrawn', { by: row.resolvedBy })) : row.problem;
  const done = row.state === 'applied' || row.resolution === 'corrected';
  if (done) return { clientId, state: state ?? 'already-applied', resultId, problem: null, proposal: null };
  return { clientId, state: row.state === 'waiting' ? 'waiting' : 'rejected', resultId, problem: inWords(actor, problem), proposal };
} // prettier-ignore
