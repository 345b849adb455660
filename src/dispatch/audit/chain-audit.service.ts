import { Injectable, Logger } from '@nestjs/common';
import { type Actor, systemActor } from '../../access/index.js';
import { Database, DatabaseClock, inTransaction, read, type Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { newId } from '../../shared/ids.js';
import type { ChainAuditDto, ChainFaultDto, ChainFaultsQuery } from './chain-audit.dto.js';
import { compareFaults, GRACE_S, isAuditorSilent, mustLook } from './chain-audit.rules.js';
import * as store from './chain-audit.store.js';

const ACTOR = systemActor('chain.audit');
const MOST_FAULTS = 500;

/**
 * The independent auditor of the alert chain. It moves nothing: it reads what stands in the rows, by the clock of the database, and
 * raises an alarm for every silence and ends it when its cause is gone (D11). Whoever relies on it must see when it last looked.
 */
@Injectable()
export class ChainAuditService {
  private readonly log = new Logger('audit');

  constructor(
    private readonly db: Database,
    private readonly clock: DatabaseClock,
  ) {}

  /** Looks, unless that was done less than `AUDIT_EVERY_MS` ago. */
  async auditIfDue(): Promise<void> {
    const due = await read(this.db, async (tx) => mustLook(await store.lastAuditedAt(tx), await this.clock.now(tx)));
    if (due) await this.audit({ onlyIfDue: true });
  }

  /** Looks once. Null when another process is looking at this moment, or has just looked and `onlyIfDue` is set. */
  async audit({ onlyIfDue = false } = {}): Promise<{ begun: ChainFaultDto[]; over: ChainFaultDto[] } | null> {
    return inTransaction(this.db, async (tx) => {
      if (!(await store.lockAudit(tx))) return null;
      const now = await this.clock.now(tx);
      if (onlyIfDue && !mustLook(await store.lastAuditedAt(tx), now)) return null;
      const found = await store.silences(tx, { now, graceS: GRACE_S, limit: MOST_FAULTS });
      const { begun, over } = compareFaults(await store.openFaults(tx), found);
      await store.saveAudit(tx, now);
      return {
        begun: await inOrder(begun, (fault) => this.open(tx, fault, now)),
        over: await inOrder(over, (fault) => this.close(tx, fault, now)),
      };
    });
  }

  async faults(
    actor: Actor,
    query: ChainFaultsQuery,
    page: { before: string | null; limit: number },
  ): Promise<ChainFaultDto[]> {
    return read(this.db, (tx) => store.visibleFaults(tx, actor.keys, { ...query, ...page }));
  }

  /** The watch over the auditor: when it last looked, and whether that is too long ago. */
  async state(): Promise<ChainAuditDto> {
    return read(this.db, async (tx) => {
      const at = await store.lastAuditedAt(tx);
      return { lastAuditedAt: at?.toISOString() ?? null, silent: isAuditorSilent(at, await this.clock.now(tx)) };
    });
  }

  /** Open alarms by kind. */
  async counts(): Promise<{ kind: string; count: number }[]> {
    return read(this.db, (tx) => store.openFaultCounts(tx));
  }

  private async open(tx: Tx, found: store.FoundFault, now: Date): Promise<ChainFaultDto> {
    const scope = found.scope.filter((key) => key.startsWith('/')); // the desks' matter, not the team's
    const row = { ...found, id: newId(), openedAt: now, closedAt: null, scope, version: 1 };
    await store.insertFault(tx, row);
    this.log.error(`${row.kind}: ${row.teamName} ${row.unitCode} step ${row.step} since ${row.since.toISOString()}`);
    return this.tell(tx, row, 'chain-fault.opened');
  }

  private async close(tx: Tx, { id }: store.FaultRow, now: Date): Promise<ChainFaultDto> {
    return this.tell(tx, await store.closeFault(tx, id, now), 'chain-fault.closed');
  }

  private async tell(tx: Tx, row: store.FaultRow, kind: string): Promise<ChainFaultDto> {
    const { id, version, scope, incidentId } = row;
    const data = store.toFaultDto(row);
    await recordChange(tx, { kind, subject: 'chain-fault', id, version, scope, incidentId, data, actor: ACTOR });
    return data;
  }
}

async function inOrder<A, B>(all: A[], work: (one: A) => Promise<B>): Promise<B[]> {
  const done: B[] = [];
  for (const one of all) done.push(await work(one));
  return done;
}
