import { Injectable } from '@nestjs/common';
import { AccessService, type Actor } from '../access/index.js';
import { Database, inSnapshot } from '../database/index.js';
import { headSeq } from '../journal/index.js';
import { Clock } from '../shared/clock.js';
import { Problem } from '../shared/problem.js';
import type { SnapshotDto } from './live.dto.js';
import { type ListName, LISTS } from './snapshot.lists.js';

/** Characters of text that are sent together. */
const PIECE = 64 * 1024;

@Injectable()
export class SnapshotService {
  constructor(
    private readonly db: Database,
    private readonly access: AccessService,
    private readonly clock: Clock,
  ) {}

  /** What the actor may see, all of one moment, with the journal number of that moment. */
  async snapshot(actor: Actor): Promise<SnapshotDto> {
    const pieces: Buffer[] = [];
    await this.write(actor, (piece) => void pieces.push(piece));
    return JSON.parse(Buffer.concat(pieces).toString()) as SnapshotDto;
  }

  /**
   * The same as it is sent, piece by piece. A row becomes text as it arrives from the database, which works on the next ones meanwhile, and
   * the reader on those before: of 40,000 rows none is kept. `send` never waits, so a slow reader holds no connection of the database.
   */
  async write(actor: Actor, send: (piece: Buffer) => void): Promise<void> {
    const describe = JSON.stringify(await this.access.describe(actor));
    let begun = false;
    await inSnapshot(this.db, async (tx) => {
      if (begun) throw new Problem('busy'); // what was sent cannot be taken back to begin again
      let text = `{"seq":${await headSeq(tx)},"at":"${this.clock.now().toISOString()}","actor":${describe}`;
      const add = (more: string): void => {
        text += more;
        if (text.length < PIECE) return;
        begun = true;
        send(Buffer.from(text));
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
      send(Buffer.from(`${text}}`));
    });
  }
}
