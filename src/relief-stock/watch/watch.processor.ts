import { Injectable } from '@nestjs/common';
import { JobQueue } from '../../queue/index.js';
import { NoticeService } from './notice.service.js';

const HOUR_MS = 3_600_000;

/** The clocks of the watch: levels move and signatures fall due all day, shelves grow old by the day. */
@Injectable()
export class WatchProcessor {
  constructor(queue: JobQueue, notices: NoticeService) {
    queue.every('stock.watch-levels', HOUR_MS, async () => void (await notices.scan('levels')));
    queue.every('stock.watch-signatures', HOUR_MS, async () => void (await notices.scan('signatures')));
    queue.every('stock.watch-shelves', 24 * HOUR_MS, async () => void (await notices.scan('shelves')));
  }
}
