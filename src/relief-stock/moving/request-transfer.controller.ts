import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import { RequestTransferService } from './request-transfer.service.js';
import { type DispatchGoods, dispatchGoods } from './transfer.dto.js';

@ApiTags('stock')
@Controller('stock/requests')
export class RequestTransferController {
  constructor(private readonly transfers: RequestTransferService) {}

  @Post(':id/dispatch-goods')
  @MayDo('stock.transfer')
  dispatchGoods(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) requestId: string,
    @Body({ schema: dispatchGoods }) body: DispatchGoods,
  ) {
    return this.transfers.dispatchGoods(actor, requestId, body);
  }
}
