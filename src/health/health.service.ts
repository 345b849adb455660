import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { ChannelStateService } from '../alerts/index.js';
import { CONFIG, type Config } from '../config.js';
import { Database, read } from '../database/index.js';
import { ChainAuditService } from '../dispatch/index.js';
import { sealerLagMs } from '../journal/index.js';
import { JobQueue } from '../queue/index.js';
import { AnchorService } from '../record/index.js';
import { Clock } from '../shared/clock.js';
import type { SystemHealthDto } from './health.dto.js';

/** A part that does not answer in this time has failed: who asks for readiness must not hang with it. */
const CHECK_MS = 2000;
/** A sealer that is this far behind is not keeping the consoles true. */
const SEALER_LAG_LIMIT_MS = 5000;
/** A process that has just started has not had the time to audit. */
const AUDITOR_HAS_S = 60;
const VERSION = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

type Part = 'ok' | 'failed';
interface Look {
  database: Part;
  databaseMs: number;
  queue: Part;
  sealer: Part;
  sealerLagMs: number | null;
  auditor: 'ok' | 'silent';
  lastAuditedAt: string | null;
}

/** Looks at the parts that everything rests on. */
@Injectable()
export class HealthService {
  constructor(
    private readonly db: Database,
    private readonly queue: JobQueue,
    private readonly auditor: ChainAuditService,
    private readonly anchors: AnchorService,
    private readonly channels: ChannelStateService,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async look(): Promise<Look> {
    let lagMs = Number.NaN;
    let audited: { lastAuditedAt: string | null; silent: boolean } = { lastAuditedAt: null, silent: true };
    const began = performance.now();
    let databaseMs = 0;
    const [database, queue] = await Promise.all([
      check(async () => {
        lagMs = await read(this.db, sealerLagMs);
        databaseMs = Math.round(performance.now() - began);
      }),
      check(() => this.queue.ping()),
      check(async () => (audited = await this.auditor.state())),
    ]);
    return {
      database, databaseMs, queue, sealer: lagMs < SEALER_LAG_LIMIT_MS ? 'ok' : 'failed',
      sealerLagMs: Number.isNaN(lagMs) ? null : Math.round(lagMs), auditor: audited.silent ? 'silent' : 'ok', lastAuditedAt: audited.lastAuditedAt,
    }; // prettier-ignore
  }

  /** Whether this process may serve: the auditor counts where jobs run. */
  isReady({ database, queue, sealer, auditor }: Look): boolean {
    const mustAudit = this.config.ROLE !== 'web' && process.uptime() > AUDITOR_HAS_S;
    return [database, queue, sealer].every((part) => part === 'ok') && (auditor === 'ok' || !mustAudit);
  }

  /** Everything that the page of those who keep the system shows. */
  async system(): Promise<SystemHealthDto> {
    const look = await this.look();
    const faults = look.database === 'ok' ? await this.auditor.counts() : [];
    const anchors = look.database === 'ok' ? await this.anchors.state() : null;
    const channels = look.database === 'ok' ? await this.channels.state() : null;
    const now = this.clock.now();
    const startedAt = new Date(Date.now() - process.uptime() * 1000);
    return {
      ...look, faults, anchors, channels, at: now.toISOString(), startedAt: startedAt.toISOString(), version: VERSION, role: this.config.ROLE,
      memoryMb: Math.round(process.memoryUsage().rss / 1_048_576), machineAt: new Date().toISOString(),
    }; // prettier-ignore
  }
}

async function check(work: () => Promise<unknown>): Promise<Part> {
  const answered = new AbortController();
  const late = sleep(CHECK_MS, 'failed' as const, { signal: answered.signal }).catch(() => 'failed' as const);
  const done = work().then(() => 'ok' as const, () => 'failed' as const); // prettier-ignore
  return Promise.race([done, late]).finally(() => answered.abort());
}
