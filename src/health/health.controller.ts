import { Controller, Get, Headers, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Anyone, MayDo } from '../access/index.js';
import { CONFIG, type Config } from '../config.js';
import { Problem } from '../shared/problem.js';
import { HealthService } from './health.service.js';
import { Metrics } from './metrics.js';

@ApiTags('health')
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthService,
    private readonly metrics: Metrics,
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
    const look = await this.health.look();
    const ok = this.health.isReady(look);
    response.status(ok ? 200 : 503);
    const { databaseMs: _, ...told } = look;
    return { status: ok ? 'ok' : 'failed', ...told };
  }

  /** The same with figures, for those who keep the system. */
  @Get('system/health')
  @MayDo('system.look')
  system() {
    return this.health.system();
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
