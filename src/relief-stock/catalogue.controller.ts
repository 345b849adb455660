import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../access/index.js';
import { CatalogueService } from './catalogue.service.js';
import { id } from '../shared/fields.dto.js';
import {
  type AddItem, addItem, type LotsQuery, lotsQuery, type NameItemCodes, nameItemCodes, type PagedQuery, pagedQuery,
} from './relief-stock.dto.js'; // prettier-ignore

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

  @Post('items/:id/codes')
  @HttpCode(200)
  @MayDo('stock.catalogue')
  nameCodes(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) itemId: string,
    @Body({ schema: nameItemCodes }) body: NameItemCodes,
  ) {
    return this.catalogue.nameCodes(actor, itemId, body);
  }

  @Get('lots')
  @SignedIn()
  lots(@CurrentActor() actor: Actor, @Query({ schema: lotsQuery }) query: LotsQuery) {
    return this.catalogue.lots(actor, query);
  }
}
