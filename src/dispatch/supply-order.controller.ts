import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../access/index.js';
import { id } from '../shared/fields.dto.js';
import { toPage } from '../shared/paging.js';
import { workFilter } from './assignment.controller.js';
import {
  cancelSupplies, type CancelSupplies, receiveSupplies, type ReceiveSupplies, shipSupplies, type ShipSupplies, supplyStep,
  type SupplyStep, takeOverSupplies, type TakeOverSupplies, workQuery, type WorkQuery,
} from './dispatch.dto.js'; // prettier-ignore
import { SupplyOrderService } from './supply-order.service.js';
import { TakeOverService } from './take-over.service.js';

@ApiTags('dispatch')
@Controller('supply-orders')
export class SupplyOrderController {
  constructor(
    private readonly orders: SupplyOrderService,
    private readonly takeOvers: TakeOverService,
  ) {}

  @Get()
  @SignedIn()
  async list(@CurrentActor() actor: Actor, @Query({ schema: workQuery }) query: WorkQuery) {
    const rows = await this.orders.orders(actor, workFilter(query));
    return toPage(rows, query.limit, (row) => [row.id]);
  }

  @Get(':id')
  @SignedIn()
  one(@CurrentActor() actor: Actor, @Param('id', { schema: id }) orderId: string) {
    return this.orders.order(actor, orderId);
  }

  @Post(':id/approve')
  @MayDo('supply.approve')
  @HttpCode(200)
  approve(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) orderId: string,
    @Body({ schema: supplyStep }) body: SupplyStep,
  ) {
    return this.orders.approve(actor, orderId, body);
  }

  @Post(':id/pick')
  @MayDo('supply.keep')
  @HttpCode(200)
  pick(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) orderId: string,
    @Body({ schema: supplyStep }) body: SupplyStep,
  ) {
    return this.orders.pick(actor, orderId, body);
  }

  @Post(':id/ship')
  @MayDo('supply.keep')
  @HttpCode(200)
  ship(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) orderId: string,
    @Body({ schema: shipSupplies }) body: ShipSupplies,
  ) {
    return this.orders.ship(actor, orderId, body);
  }

  @Post(':id/receive')
  @MayDo('supply.receive')
  @HttpCode(200)
  receive(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) orderId: string,
    @Body({ schema: receiveSupplies }) body: ReceiveSupplies,
  ) {
    return this.orders.receive(actor, orderId, body);
  }

  @Post(':id/cancel')
  @MayDo('supply.cancel')
  @HttpCode(200)
  cancel(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) orderId: string,
    @Body({ schema: cancelSupplies }) body: CancelSupplies,
  ) {
    return this.orders.cancel(actor, orderId, body);
  }

  /** Answers the order of the incident that takes. */
  @Post(':id/take-over')
  @MayDo('mission.dispatch')
  takeOver(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) orderId: string,
    @Body({ schema: takeOverSupplies }) body: TakeOverSupplies,
  ) {
    return this.takeOvers.takeOver(actor, orderId, body);
  }

  @Post(':id/close')
  @MayDo('supply.approve')
  @HttpCode(200)
  close(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) orderId: string,
    @Body({ schema: supplyStep }) body: SupplyStep,
  ) {
    return this.orders.close(actor, orderId, body);
  }
}
