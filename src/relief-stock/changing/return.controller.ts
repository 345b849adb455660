import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import {
  type DeliveriesQuery, deliveriesQuery, type ReturnGoods, returnGoods, type ReturnsQuery, returnsQuery,
} from './return.dto.js'; // prettier-ignore
import { ReturnService } from './return.service.js';

@ApiTags('stock')
@Controller('stock')
export class ReturnController {
  constructor(private readonly returnsService: ReturnService) {}

  @Get('deliveries')
  @SignedIn()
  deliveries(@CurrentActor() actor: Actor, @Query({ schema: deliveriesQuery }) query: DeliveriesQuery) {
    return this.returnsService.deliveries(actor, query);
  }

  @Get('deliveries/:id')
  @SignedIn()
  delivery(@CurrentActor() actor: Actor, @Param('id', { schema: id }) deliveryId: string) {
    return this.returnsService.delivery(actor, deliveryId);
  }

  @Get('returns')
  @SignedIn()
  returns(@CurrentActor() actor: Actor, @Query({ schema: returnsQuery }) query: ReturnsQuery) {
    return this.returnsService.returns(actor, query);
  }

  @Post('returns')
  @MayDo('stock.receive')
  returnGoods(@CurrentActor() actor: Actor, @Body({ schema: returnGoods }) body: ReturnGoods) {
    return this.returnsService.returnGoods(actor, body);
  }

  @Get('returns/:id')
  @SignedIn()
  oneReturn(@CurrentActor() actor: Actor, @Param('id', { schema: id }) returnId: string) {
    return this.returnsService.oneReturn(actor, returnId);
  }
}
