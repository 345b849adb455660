import { Injectable } from '@nestjs/common';
import { AccessService, type Actor } from '../access/index.js';
import { Database, inSnapshot } from '../database/index.js';
import { headSeq } from '../journal/index.js';
import { Clock } from '../shared/clock.js';
import type { SnapshotDto } from './live.dto.js';
import { type ListName, LISTS } from './snapshot.lists.js';

/** Characters of text that are gathered before they become bytes. */
const PIECE = 128 * 1024;

@Injectable()
export class SnapshotService {
  constructor(
    private readonly db: Database,
    private readonly access: AccessService,
    private readonly clock: Clock,
  ) {}

  /** What the actor may see, all of one moment, with the journal number of that moment. */
  async snapshot(actor: Actor): Promise<SnapshotDto> {
    return JSON.parse((await this.written(actor)).toString()) as SnapshotDto;
  }

  /**
   * The same as it is sent. A row becomes text as it arrives from the database, which works on the next ones meanwhile, so of 40,000 rows
   * none is kept: that is less than half the time of reading all, then writing all. It is one piece because what fails on the way must
   * still be able to answer as a problem.
   */
  async written(actor: Actor): Promise<Buffer> {
    const describe = JSON.stringify(await this.access.describe(actor));
    return inSnapshot(this.db, async (tx) => {
      const bytes: Buffer[] = [];
      let text = `{"seq":${await headSeq(tx)},"at":"${this.clock.now().toISOString()}","actor":${describe}`;
      const add = (more: string): void => {
        text += more;
        if (text.length < PIECE) return;
        bytes.push(Buffer.from(text));
        text = '';
      };
      for (const name of Object.keys(LISTS) as ListName[]) {
        let between = `,"${name}":[`;
        await LISTS[name](tx, actor.keys, (row) => {
          add(between + JSON.stringify(row));
          between = ',';
        });
        add(between === ',' ? ']' : `${between}]`);
      }
      bytes.push(Buffer.from(`${text}}`));
      return Buffer.concat(bytes);
    });
  }
}
