import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Headers, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Anyone } from '../access/index.js';
import { CONFIG, type Config } from '../config.js';
import { Database, read } from '../database/index.js';
import { ChainAuditService } from '../dispatch/index.js';
import { sealerLagMs } from '../journal/index.js';
import { JobQueue } from '../queue/index.js';
import { Problem } from '../shared/problem.js';
import { Metrics } from './metrics.js';

/** A part that does not answer in this time has failed: who asks for readiness must not hang with it. */
const CHECK_MS = 2000;
/** A sealer that is this far behind is not keeping the consoles true. */
const SEALER_LAG_LIMIT_MS = 5000;
/** A process that has just started has not had the time to audit. */
const AUDITOR_HAS_S = 60;

@ApiTags('health')
@Controller()
export class HealthController {
  constructor(
    private readonly db: Database,
    private readonly queue: JobQueue,
    private readonly metrics: Metrics,
    private readonly auditor: ChainAuditService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('api/health/live')
  @Anyone()
  live() {
    return { status: 'ok' };
  }

  /**
   * 200 when the database, the queue and the sealer do their work; 503 with what does not. The auditor of the alert chain counts where jobs
   * run: a web process without it still serves the desk, which shows by itself that nobody audits.
   */
  @Get('api/health/ready')
  @Anyone()
  async ready(@Res({ passthrough: true }) response: Response) {
    let lagMs = Number.NaN;
    let audited: { lastAuditedAt: string | null; silent: boolean } = { lastAuditedAt: null, silent: true };
    const [database, queue] = await Promise.all([
      check(async () => (lagMs = await read(this.db, sealerLagMs))),
      check(() => this.queue.ping()),
      check(async () => (audited = await this.auditor.state())),
    ]);
    const auditor = audited.silent ? 'silent' : 'ok';
    const mustAudit = this.config.ROLE !== 'web' && process.uptime() > AUDITOR_HAS_S;
    const sealer = lagMs < SEALER_LAG_LIMIT_MS ? 'ok' : 'failed';
    const ok = [database, queue, sealer].every((part) => part === 'ok') && (auditor === 'ok' || !mustAudit);
    response.status(ok ? 200 : 503);
    return {
      status: ok ? 'ok' : 'failed',
      database,
      queue,
      sealer,
      auditor,
      lastAuditedAt: audited.lastAuditedAt,
      sealerLagMs: Number.isNaN(lagMs) ? null : Math.round(lagMs),
    };
  }

  /** Prometheus text; off until METRICS_TOKEN is set, then for bearers of it. */
  @Get('metrics')
  @Anyone()
  async scrape(@Headers('authorization') authorization: string | undefined, @Res() response: Response): Promise<void> {
    if (!this.config.METRICS_TOKEN) throw new Problem('request.not-found', {}, { status: 404 });
    if (authorization !== `Bearer ${this.config.METRICS_TOKEN}`) throw new Problem('auth.required');
    response.type(this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }
}

async function check(work: () => Promise<unknown>): Promise<'ok' | 'failed'> {
  const answered = new AbortController();
  const late = sleep(CHECK_MS, 'failed' as const, { signal: answered.signal }).catch(() => 'failed' as const);
  const done = work().then(() => 'ok' as const, () => 'failed' as const); // prettier-ignore
  return Promise.race([done, late]).finally(() => answered.abort());
}
