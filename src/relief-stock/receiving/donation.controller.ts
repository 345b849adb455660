import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import { DistributionService } from './distribution.service.js';
import { type DistributionsQuery, distributionsQuery } from './distribution.dto.js';
import {
  type DonationsQuery, donationsQuery, type FundsQuery, fundsQuery, type NameReceiptNo, nameReceiptNo, type OpenFund, openFund,
  type RecordDonation, recordDonation,
} from './donation.dto.js'; // prettier-ignore
import { DonationService } from './donation.service.js';
import { FundService } from './fund.service.js';

@ApiTags('stock')
@Controller('stock')
export class DonationController {
  constructor(
    private readonly donations: DonationService,
    private readonly funds: FundService,
    private readonly handed: DistributionService,
  ) {}

  @Post('donations')
  @MayDo('stock.announce')
  record(@CurrentActor() actor: Actor, @Body({ schema: recordDonation }) body: RecordDonation) {
    return this.donations.recordDonation(actor, body);
  }

  @Get('donations')
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Query({ schema: donationsQuery }) query: DonationsQuery) {
    return this.donations.donations(actor, query);
  }

  @Get('donations/:id')
  @SignedIn()
  donation(@CurrentActor() actor: Actor, @Param('id', { schema: id }) donationId: string) {
    return this.donations.donation(actor, donationId);
  }

  @Get('donations/:id/trace')
  @SignedIn()
  trace(@CurrentActor() actor: Actor, @Param('id', { schema: id }) donationId: string) {
    return this.donations.trace(actor, donationId);
  }

  @Post('donations/:id/receipt-no')
  @MayDo('stock.announce')
  @HttpCode(200)
  nameReceiptNo(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) donationId: string,
    @Body({ schema: nameReceiptNo }) body: NameReceiptNo,
  ) {
    return this.donations.nameReceiptNo(actor, donationId, body);
  }

  @Get('funds')
  @SignedIn()
  allFunds(@CurrentActor() actor: Actor, @Query({ schema: fundsQuery }) query: FundsQuery) {
    return this.funds.funds(actor, query);
  }

  @Post('funds')
  @MayDo('stock.policy')
  openFund(@CurrentActor() actor: Actor, @Body({ schema: openFund }) body: OpenFund) {
    return this.funds.openFund(actor, body);
  }

  @Get('distributions')
  @SignedIn()
  distributions(@CurrentActor() actor: Actor, @Query({ schema: distributionsQuery }) query: DistributionsQuery) {
    return this.handed.distributions(actor, query);
  }
}
