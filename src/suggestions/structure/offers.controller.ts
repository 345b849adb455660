import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import { OfferService } from './offer.service.js';
import * as dto from './offers.dto.js';

@ApiTags('structure')
@Controller('structure/offers')
export class OffersController {
  constructor(private readonly service: OfferService) {}

  /** Offers of partner societies that still stand. */
  @Get()
  @SignedIn()
  offers(@CurrentActor() actor: Actor, @Query({ schema: dto.offersQuery }) query: dto.OffersQuery) {
    return this.service.offers(actor, query.societyId);
  }

  /** Which offer would serve which open incident. */
  @Get('matches')
  @SignedIn()
  matches(@CurrentActor() actor: Actor, @Query({ schema: dto.offersQuery }) query: dto.OffersQuery) {
    return this.service.matches(actor, query.societyId);
  }

  @Post()
  @MayDo('structure.offer')
  enter(@CurrentActor() actor: Actor, @Body({ schema: dto.enterOffer }) body: dto.EnterOffer) {
    return this.service.enterOffer(actor, body);
  }

  @Post(':id/withdraw')
  @MayDo('structure.offer')
  @HttpCode(200)
  withdraw(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) offerId: string,
    @Body({ schema: dto.withdrawOffer }) body: dto.WithdrawOffer,
  ) {
    return this.service.withdrawOffer(actor, offerId, body);
  }
}
