import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { ChainAuditService } from '../dispatch/index.js';
import { CHAIN_FAULTS } from '../dispatch/audit/chain-audit.dto.js';
import { JournalFeed } from '../journal/index.js';
import { AnchorService } from '../record/index.js';
import { Clock } from '../shared/clock.js';

@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly changes = new Counter({
    name: 'chiyuan_changes_total',
    help: 'Changes handed to followers',
    labelNames: ['kind'],
    registers: [this.registry],
  });
  private readonly delay = new Histogram({
    name: 'chiyuan_commit_to_follower_seconds',
    help: 'From the insert of a change to its hand-over in this process',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [this.registry],
  });

  constructor(feed: JournalFeed, auditor: ChainAuditService, anchors: AnchorService, clock: Clock) {
    watchChain(this.registry, auditor);
    watchAnchors(this.registry, anchors);
    collectDefaultMetrics({ register: this.registry });
    feed.follow((changes) => {
      const now = clock.now().getTime(); // the clock that stamped them, or a machine's own would be in every figure
      for (const change of changes) {
        this.changes.inc({ kind: change.kind });
        this.delay.observe(Math.max(0, now - change.receivedAt.getTime()) / 1000);
      }
    });
  }
}

/** Silences in the alert chain as they stand at the scrape, and when the auditor looked. What cannot be known has no sample. */
function watchChain(registry: Registry, auditor: ChainAuditService): void {
  new Gauge({
    name: 'chiyuan_chain_faults_open',
    help: 'Open alarms of the auditor of the alert chain',
    labelNames: ['kind'],
    registers: [registry],
    async collect() {
      this.reset();
      const found = await auditor.counts().catch(() => null);
      if (!found) return;
      const counts = new Map(found.map(({ kind, count }) => [kind, count]));
      for (const kind of CHAIN_FAULTS) this.set({ kind }, counts.get(kind) ?? 0);
    },
  });
  new Gauge({
    name: 'chiyuan_chain_audited_timestamp_seconds',
    help: 'When the auditor of the alert chain last looked',
    registers: [registry],
    async collect() {
      const state = await auditor.state().catch(() => null);
      if (state?.lastAuditedAt) this.set(Date.parse(state.lastAuditedAt) / 1000);
    },
  });
}

/** When the newest anchor of the record was signed. */
function watchAnchors(registry: Registry, anchors: AnchorService): void {
  new Gauge({
    name: 'chiyuan_record_anchored_timestamp_seconds',
    help: 'When the newest anchor of the record was signed',
    registers: [registry],
    async collect() {
      const state = await anchors.state().catch(() => null);
      if (state?.newestAt) this.set(Date.parse(state.newestAt) / 1000);
    },
  });
}
