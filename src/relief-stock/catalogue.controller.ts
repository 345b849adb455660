import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../access/index.js';
import { CatalogueService } from './catalogue.service.js';
import { type AddItem, addItem, type LotsQuery, lotsQuery, type PagedQuery, pagedQuery } from './relief-stock.dto.js';

@ApiTags('stock')
@Controller()
export class CatalogueController {
  constructor(private readonly catalogue: CatalogueService) {}

  @Get('items')
  @SignedIn()
  items(@Query({ schema: pagedQuery }) query: PagedQuery) {
    return this.catalogue.items(query);
  }

  @Post('items')
  @MayDo('stock.catalogue')
  addItem(@CurrentActor() actor: Actor, @Body({ schema: addItem }) body: AddItem) {
    return this.catalogue.addItem(actor, body);
  }

  @Get('lots')
  @SignedIn()
  lots(@CurrentActor() actor: Actor, @Query({ schema: lotsQuery }) query: LotsQuery) {
    return this.catalogue.lots(actor, query);
  }
}
