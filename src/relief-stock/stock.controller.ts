import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../access/index.js';
import { id } from '../shared/fields.dto.js';
import { ReceiptService } from './receipt.service.js';
import {
  type AsOfQuery, asOfQuery, type LevelsQuery, levelsQuery, type MovementsQuery, movementsQuery, networkQuery, type ReceiptsQuery,
  receiptsQuery, type ReceiveGoods, receiveGoods,
} from './relief-stock.dto.js'; // prettier-ignore
import { StockService } from './stock.service.js';

@ApiTags('stock')
@Controller('stock')
export class StockController {
  constructor(
    private readonly stock: StockService,
    private readonly receipts: ReceiptService,
  ) {}

  @Get('levels')
  @SignedIn()
  levels(@CurrentActor() actor: Actor, @Query({ schema: levelsQuery }) query: LevelsQuery) {
    return this.stock.levels(actor, query);
  }

  @Get('network')
  @SignedIn()
  network(@CurrentActor() actor: Actor, @Query({ schema: networkQuery }) query: { itemId: string }) {
    return this.stock.network(actor, query.itemId);
  }

  @Get('movements')
  @SignedIn()
  movements(@CurrentActor() actor: Actor, @Query({ schema: movementsQuery }) query: MovementsQuery) {
    return this.stock.movements(actor, query);
  }

  @Get('as-of')
  @SignedIn()
  asOf(@CurrentActor() actor: Actor, @Query({ schema: asOfQuery }) query: AsOfQuery) {
    return this.stock.asOf(actor, query);
  }

  @Post('receipts')
  @MayDo('stock.receive')
  receive(@CurrentActor() actor: Actor, @Body({ schema: receiveGoods }) body: ReceiveGoods) {
    return this.receipts.receiveGoods(actor, body);
  }

  @Get('receipts')
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Query({ schema: receiptsQuery }) query: ReceiptsQuery) {
    return this.receipts.receipts(actor, query);
  }

  @Get('receipts/:id')
  @SignedIn()
  receipt(@CurrentActor() actor: Actor, @Param('id', { schema: id }) receiptId: string) {
    return this.receipts.receipt(actor, receiptId);
  }
}
