import { Injectable } from '@nestjs/common';
import { AccessService, type Actor } from '../access/index.js';
import { type DemoData, PAPER_WORDS as SAYS } from '../database/seeds/demo/index.js';
import { DonationService, IssueService, ReceiptService } from '../relief-stock/index.js';
import { Clock } from '../shared/clock.js';
import { idFrom } from '../shared/ids.js';

const DESK = 'duty.331000';
const STORE = 'WH-331000-1';
const GOODS = 'BD03';
const FLOODED = '331081';
const GIVEN_UNITS = 300;
const ISSUED_UNITS = 120;
const MINUTE_MS = 60_000;
const DAY_MIN = 1440;

/** One donation on its whole way: given, counted by two sides, taken in, a part of it ordered for an incident, brought there and signed for. */
@Injectable()
export class DemoDonation {
  constructor(
    private readonly access: AccessService,
    private readonly clock: Clock,
    private readonly donations: DonationService,
    private readonly receipts: ReceiptService,
    private readonly issues: IssueService,
  ) {}

  /** By the ordinary commands, with fixed ids: a second time is refused at its first line, and changes nothing. */
  async write(data: DemoData): Promise<void> {
    const keeper = await this.access.actorNamed(`keeper.${STORE}`);
    const officer = await this.access.actorNamed(DESK);
    const { fund } = await this.given(keeper, data);
    await this.handedOver(officer, keeper, { data, fund });
  }

  /** Towel quilts of a company, with the value of its invoice, counted by the keeper and by who brought them. */
  private async given(keeper: Actor, data: DemoData) {
    const warehouseId = storeId(data);
    const item = data.items.find(({ code }) => code === GOODS)!;
    const donation = await this.donations.recordDonation(keeper, {
      id: demoPaper('donation'), warehouseId, donorKind: 'organisation', donorName: SAYS.donor, intent: { incidentKind: 'flood' },
      valueBasis: 'invoice', receiptNo: SAYS.donationReceipt, note: SAYS.donation, occurredAt: this.ago(2 * DAY_MIN),
    }); // prettier-ignore
    await this.receipts.receiveGoods(keeper, {
      id: demoPaper('donation-receipt'), warehouseId, source: 'donation', sourceName: SAYS.donor, note: '', donationId: donation.id,
      countedWith: SAYS.donorCounter, occurredAt: this.ago(2 * DAY_MIN - 60),
      lines: [{ itemId: item.id, units: GIVEN_UNITS, lotCode: `${GOODS}-G1`, unitValueFen: item.priceFen }],
    }); // prettier-ignore
    return donation;
  }

  /** A part of it to the places of the flooded town where people stay. */
  private async handedOver(officer: Actor, keeper: Actor, { data, fund }: { data: DemoData; fund: string }) {
    const itemId = data.items.find(({ code }) => code === GOODS)!.id;
    const incidentId = data.incidents.find(({ societyAdcode }) => societyAdcode === FLOODED)!.id;
    const forSocietyId = data.societies.find(({ adcode }) => adcode === FLOODED)!.id;
    const { id } = await this.issues.orderIssue(officer, {
      id: demoPaper('donation-issue'), warehouseId: storeId(data), purpose: 'other', recipient: SAYS.floodShelter, place: SAYS.floodPlace,
      note: SAYS.donationIssue, plannedAt: this.ago(20), forSocietyId, incidentId, goods: [{ itemId, units: ISSUED_UNITS, fund }],
      occurredAt: this.ago(100),
    }); // prettier-ignore
    await this.issues.pick(keeper, id, { occurredAt: this.ago(90) });
    const { donationVehicle: vehicle, driver: carrierName, driverPhone: carrierPhone } = SAYS;
    await this.issues.issue(keeper, id, { vehicle, carrierName, carrierPhone, occurredAt: this.ago(75) });
    await this.issues.sign(officer, id, { receiverName: SAYS.floodReceiver, lines: [], occurredAt: this.ago(20) });
  }

  private ago(minutes: number): string {
    return new Date(this.clock.now().getTime() - minutes * MINUTE_MS).toISOString();
  }
}

const demoPaper = (name: string): string => idFrom('demo-paper', name);
const storeId = (data: DemoData): string => data.warehouses.find(({ code }) => code === STORE)!.id;
