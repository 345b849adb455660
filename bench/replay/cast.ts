import type { SnapshotDto } from '../../src/live/live.dto.js';
import { Desk } from './desk.js';

/** Everyone who takes part, each at a desk of their own, and the names by which the timeline calls things. */
export class Cast {
  private readonly desks = new Map<string, Desk>();
  snapshot!: SnapshotDto;

  constructor(
    private readonly url: string,
    private readonly password: string,
    private readonly drill?: { id: string; origin: string },
  ) {}

  async meet(): Promise<void> {
    this.snapshot = await this.province.get<SnapshotDto>('/live/snapshot');
  }

  as(account: string): Desk {
    const desk = this.desks.get(account) ?? new Desk(this.url, account, this.password, this.drill);
    this.desks.set(account, desk);
    return desk;
  }

  get province(): Desk {
    return this.as('duty.330000');
  }

  duty = (adcode: string): Desk => this.as(`duty.${adcode}`);

  society(adcode: string) {
    return found(this.snapshot.societies, (row) => row.adcode === adcode, adcode);
  }

  societyById(id: string) {
    return found(this.snapshot.societies, (row) => row.id === id, id);
  }

  item(code: string) {
    return found(this.snapshot.items, (row) => row.code === code, code);
  }

  warehouse(code: string) {
    return found(this.snapshot.warehouses, (row) => row.code === code, code);
  }

  warehouseById(id: string) {
    return found(this.snapshot.warehouses, (row) => row.id === id, id);
  }

  unit(code: string) {
    return found(this.snapshot.teamUnits, (row) => row.code === code, code);
  }

  teamCode(teamId: string): string {
    return found(this.snapshot.teams, (row) => row.id === teamId, teamId).code;
  }
}

function found<T>(rows: T[], fits: (row: T) => boolean, name: string): T {
  const row = rows.find(fits);
  if (!row) throw new Error(`the server has no ${name}: is the Zhejiang demo loaded?`);
  return row;
}
