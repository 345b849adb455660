import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { JournalFeed } from '../journal/index.js';

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

  constructor(feed: JournalFeed) {
    collectDefaultMetrics({ register: this.registry });
    feed.follow((changes) => {
      const now = Date.now();
      for (const change of changes) {
        this.changes.inc({ kind: change.kind });
        this.delay.observe(Math.max(0, now - change.receivedAt.getTime()) / 1000);
      }
    });
  }
}
