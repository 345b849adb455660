import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ChainAuditService } from './chain-audit.service.js';

const LOOK_MS = 2500;

/**
 * Rings the auditor in every process, web processes too, by a timer of its own: it asks no queue and no worker, so that what silences the
 * chain does not silence who audits it. Whoever comes first looks.
 */
@Injectable()
export class ChainWatchService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('audit');
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  constructor(private readonly auditor: ChainAuditService) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => (this.looking ??= this.look()), LOOK_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  private async look(): Promise<void> {
    try {
      await this.auditor.auditIfDue();
    } catch (error) {
      this.log.warn(`the chain was not audited: ${String(error)}`);
    } finally {
      this.looking = undefined;
    }
  }
}
