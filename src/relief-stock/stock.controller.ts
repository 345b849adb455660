import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, SignedIn } from '../access/index.js';
import {
  type AsOfQuery, asOfQuery, type LevelsQuery, levelsQuery, type MovementsQuery, movementsQuery, networkQuery,
} from './relief-stock.dto.js'; // prettier-ignore
import { StockService } from './stock.service.js';

@ApiTags('stock')
@Controller('stock')
export class StockController {
  constructor(private readonly stock: StockService) {}

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

  @Get('network/items')
  @SignedIn()
  networkOfAll(@CurrentActor() actor: Actor) {
    return this.stock.networkOfAll(actor);
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
}
