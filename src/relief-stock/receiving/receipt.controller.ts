import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import {
  type AcceptGoods, acceptGoods, type AnnounceGoods, announceGoods, type CancelReceipt, cancelReceipt, type CountGoods, countGoods,
  type PutAway, putAway, type ReceiptsQuery, receiptsQuery, type ReceiptStep, receiptStep, type ReceiveGoods, receiveGoods,
} from './receipt.dto.js'; // prettier-ignore
import { ReceiptStepsService } from './receipt-steps.service.js';
import { ReceiptService } from './receipt.service.js';

@ApiTags('stock')
@Controller('stock/receipts')
export class ReceiptController {
  constructor(
    private readonly receipts: ReceiptService,
    private readonly steps: ReceiptStepsService,
  ) {}

  @Post()
  @MayDo('stock.receive')
  receive(@CurrentActor() actor: Actor, @Body({ schema: receiveGoods }) body: ReceiveGoods) {
    return this.receipts.receiveGoods(actor, body);
  }

  @Post('announce')
  @MayDo('stock.announce')
  announce(@CurrentActor() actor: Actor, @Body({ schema: announceGoods }) body: AnnounceGoods) {
    return this.receipts.announceGoods(actor, body);
  }

  @Get()
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Query({ schema: receiptsQuery }) query: ReceiptsQuery) {
    return this.receipts.receipts(actor, query);
  }

  @Get(':id')
  @SignedIn()
  receipt(@CurrentActor() actor: Actor, @Param('id', { schema: id }) receiptId: string) {
    return this.receipts.receipt(actor, receiptId);
  }

  @Post(':id/arrive')
  @MayDo('stock.receive')
  @HttpCode(200)
  arrive(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) receiptId: string,
    @Body({ schema: receiptStep }) body: ReceiptStep,
  ) {
    return this.steps.arrive(actor, receiptId, body);
  }

  @Post(':id/count')
  @MayDo('stock.check')
  @HttpCode(200)
  count(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) receiptId: string,
    @Body({ schema: countGoods }) body: CountGoods,
  ) {
    return this.steps.count(actor, receiptId, body);
  }

  @Post(':id/accept')
  @MayDo('stock.receive')
  @HttpCode(200)
  accept(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) receiptId: string,
    @Body({ schema: acceptGoods }) body: AcceptGoods,
  ) {
    return this.steps.accept(actor, receiptId, body);
  }

  @Post(':id/put-away')
  @MayDo('stock.receive')
  @HttpCode(200)
  putAway(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) receiptId: string,
    @Body({ schema: putAway }) body: PutAway,
  ) {
    return this.steps.putAway(actor, receiptId, body);
  }

  @Post(':id/cancel')
  @MayDo('stock.receive')
  @HttpCode(200)
  cancel(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) receiptId: string,
    @Body({ schema: cancelReceipt }) body: CancelReceipt,
  ) {
    return this.steps.cancel(actor, receiptId, body);
  }

  @Post(':id/sign')
  @MayDo('stock.check')
  @HttpCode(200)
  sign(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) receiptId: string,
    @Body({ schema: receiptStep }) body: ReceiptStep,
  ) {
    return this.steps.sign(actor, receiptId, body);
  }
}
