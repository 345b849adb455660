import { Injectable } from '@nestjs/common';
import { AccessService, allSocieties, toSocietyDto, type Actor } from '../access/index.js';
import { Database, inSnapshot } from '../database/index.js';
import { headSeq } from '../journal/index.js';
import { Clock } from '../shared/clock.js';
import type { SnapshotDto } from './live.dto.js';

@Injectable()
export class SnapshotService {
  constructor(
    private readonly db: Database,
    private readonly access: AccessService,
    private readonly clock: Clock,
  ) {}

  /** What the actor may see, all of one moment, with the journal number of that moment. */
  async snapshot(actor: Actor): Promise<SnapshotDto> {
    const describe = await this.access.describe(actor);
    return inSnapshot(this.db, async (tx) => ({
      seq: await headSeq(tx),
      at: this.clock.now().toISOString(),
      actor: describe,
      societies: (await allSocieties(tx)).map(toSocietyDto),
      incidents: [],
      teams: [],
      teamUnits: [],
      assignments: [],
      supplyOrders: [],
      alerts: [],
      suggestions: [],
      warehouses: [],
      items: [],
      stockLevels: [],
    }));
  }
}
