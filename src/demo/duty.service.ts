import { Injectable, Logger } from '@nestjs/common';
import { AccessService, type Actor } from '../access/index.js';
import type { DemoData } from '../database/seeds/demo/index.js';
import { ChannelTestService, HandoverService } from '../dispatch/index.js';
import { DutyRosterService } from '../duty/index.js';
import { Clock } from '../shared/clock.js';

const DAY_MS = 86_400_000;
const CHINA_MS = 8 * 3_600_000;
const RELIEF_HOUR = 8;
const DAYS = 14;
/** The desk that has handed over once already. */
const HANDED_OVER = '331000';

/** Desks with a roster: three officers in turn, the one whose account is printed at the start on duty first; one hand-over to read, and a test of channels under way. */
@Injectable()
export class DemoDuty {
  private readonly log = new Logger('demo');

  constructor(
    private readonly access: AccessService,
    private readonly clock: Clock,
    private readonly rosters: DutyRosterService,
    private readonly handovers: HandoverService,
    private readonly tests: ChannelTestService,
  ) {}

  /** By the ordinary commands. What is refused is logged and keeps nothing else away. */
  async write(data: DemoData, password: string): Promise<void> {
    try {
      const admin = await this.access.actorNamed('admin.330000');
      for (const colleague of data.dutyColleagues) {
        const { id: userId, account, name, phone, societyId } = colleague;
        await this.access.createUser(admin, { id: userId, account, name, phone, societyId, password });
        await this.access.grantRole(admin, userId, { role: 'dutyOfficer', societyId });
      }
      const desks = new Set(data.dutyColleagues.map(({ adcode }) => adcode));
      for (const adcode of desks) await this.plan(adcode, data);
      await this.handOver(data);
      const city = await this.access.actorNamed(`duty.${HANDED_OVER}`);
      await this.tests.startTest(city, { societyId: city.grants[0]!.societyId });
    } catch (error) {
      this.log.warn(`the demo's rosters could not be written: ${String(error)}`);
    }
  }

  /** From yesterday's relief on, a day each, so that the officer of the desk sits at it now. */
  private async plan(adcode: string, data: DemoData): Promise<void> {
    const officer = await this.access.actorNamed(`duty.${adcode}`);
    const colleagues = data.dutyColleagues.filter((one) => one.adcode === adcode).map(({ id }) => id);
    const nowMs = this.clock.now().getTime() + CHINA_MS - RELIEF_HOUR * 3_600_000;
    const from = new Date(nowMs - DAY_MS).toISOString().slice(0, 10); // the shift before the one that runs
    const userIds = [colleagues[0]!, officer.userId, ...colleagues.slice(1)];
    await this.rosters.makeRoster(officer, {
      societyId: officer.grants[0]!.societyId, role: 'dutyOfficer', from, days: DAYS, startHour: RELIEF_HOUR, shiftHours: 24, userIds,
    }); // prettier-ignore
  }

  private async handOver(data: DemoData): Promise<void> {
    const [before] = data.dutyColleagues.filter(({ adcode }) => adcode === HANDED_OVER);
    const goes: Actor = await this.access.actorNamed(before!.account);
    const comes = await this.access.actorNamed(`duty.${HANDED_OVER}`);
    const { id, version } = await this.handovers.drawHandover(goes, { societyId: before!.societyId, words: before!.words });
    const taken = await this.handovers.takeOver(comes, id, { version });
    for (const { key } of taken.items) await this.handovers.acknowledge(comes, id, { key, note: '' });
    await this.handovers.complete(comes, id, { version: taken.version, reply: '' });
  } // prettier-ignore
}
