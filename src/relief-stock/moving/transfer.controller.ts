import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import {
  type DraftTransfer, draftTransfer, type EndTransfer, endTransfer, type LoadTransfer, loadTransfer, type ReceiveTransfer, receiveTransfer,
  type ReviseTransfer, reviseTransfer, type TransfersQuery, transfersQuery, type TransferStep, transferStep,
} from './transfer.dto.js'; // prettier-ignore
import { TransferService } from './transfer.service.js';
import { TransportService } from './transport.service.js';

@ApiTags('stock')
@Controller('stock/transfers')
export class TransferController {
  constructor(
    private readonly transfers: TransferService,
    private readonly transport: TransportService,
  ) {}

  @Post()
  @MayDo('stock.transfer')
  draft(@CurrentActor() actor: Actor, @Body({ schema: draftTransfer }) body: DraftTransfer) {
    return this.transfers.draftTransfer(actor, body);
  }

  @Get()
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Query({ schema: transfersQuery }) query: TransfersQuery) {
    return this.transfers.transfers(actor, query);
  }

  @Get(':id')
  @SignedIn()
  one(@CurrentActor() actor: Actor, @Param('id', { schema: id }) transferId: string) {
    return this.transfers.transfer(actor, transferId);
  }

  @Put(':id')
  @MayDo('stock.transfer')
  revise(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) transferId: string,
    @Body({ schema: reviseTransfer }) body: ReviseTransfer,
  ) {
    return this.transfers.reviseTransfer(actor, transferId, body);
  }

  @Post(':id/order')
  @MayDo('stock.order')
  @HttpCode(200)
  order(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) transferId: string,
    @Body({ schema: transferStep }) body: TransferStep,
  ) {
    return this.transfers.order(actor, transferId, body);
  }

  @Post(':id/pick')
  @MayDo('supply.keep')
  @HttpCode(200)
  pick(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) transferId: string,
    @Body({ schema: transferStep }) body: TransferStep,
  ) {
    return this.transport.pick(actor, transferId, body);
  }

  @Post(':id/load')
  @MayDo('supply.keep')
  @HttpCode(200)
  load(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) transferId: string,
    @Body({ schema: loadTransfer }) body: LoadTransfer,
  ) {
    return this.transport.load(actor, transferId, body);
  }

  @Post(':id/depart')
  @MayDo('supply.keep')
  @HttpCode(200)
  depart(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) transferId: string,
    @Body({ schema: transferStep }) body: TransferStep,
  ) {
    return this.transport.depart(actor, transferId, body);
  }

  @Post(':id/arrive')
  @MayDo('supply.keep')
  @HttpCode(200)
  arrive(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) transferId: string,
    @Body({ schema: transferStep }) body: TransferStep,
  ) {
    return this.transport.arrive(actor, transferId, body);
  }

  @Post(':id/receive')
  @MayDo('supply.keep')
  @HttpCode(200)
  receive(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) transferId: string,
    @Body({ schema: receiveTransfer }) body: ReceiveTransfer,
  ) {
    return this.transport.receive(actor, transferId, body);
  }

  @Post(':id/close')
  @MayDo('stock.transfer')
  @HttpCode(200)
  close(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) transferId: string,
    @Body({ schema: transferStep }) body: TransferStep,
  ) {
    return this.transfers.close(actor, transferId, body);
  }

  @Post(':id/cancel')
  @MayDo('stock.transfer')
  @HttpCode(200)
  cancel(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) transferId: string,
    @Body({ schema: endTransfer }) body: EndTransfer,
  ) {
    return this.transfers.cancel(actor, transferId, body);
  }

  @Post(':id/return')
  @MayDo('supply.keep')
  @HttpCode(200)
  return(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) transferId: string,
    @Body({ schema: endTransfer }) body: EndTransfer,
  ) {
    return this.transport.return(actor, transferId, body);
  }

  @Post(':id/lose')
  @MayDo('stock.order')
  @HttpCode(200)
  lose(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) transferId: string,
    @Body({ schema: endTransfer }) body: EndTransfer,
  ) {
    return this.transport.lose(actor, transferId, body);
  }
}
