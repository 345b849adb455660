import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import { ConversionService } from './conversion.service.js';
import {
  type AddPack, addPack, type ConversionsQuery, conversionsQuery, type ConvertStock, convertStock, type DefineKit, defineKit,
} from './kit.dto.js'; // prettier-ignore
import { KitService } from './kit.service.js';

@ApiTags('stock')
@Controller()
export class KitController {
  constructor(
    private readonly kitsService: KitService,
    private readonly conversionsService: ConversionService,
  ) {}

  @Get('items/:id/packs')
  @SignedIn()
  packs(@Param('id', { schema: id }) itemId: string) {
    return this.kitsService.packs(itemId);
  }

  @Post('items/:id/packs')
  @MayDo('stock.catalogue')
  addPack(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) itemId: string,
    @Body({ schema: addPack }) body: AddPack,
  ) {
    return this.kitsService.addPack(actor, itemId, body);
  }

  @Get('kits')
  @SignedIn()
  kits() {
    return this.kitsService.kits();
  }

  @Put('kits/:id')
  @MayDo('stock.catalogue')
  @HttpCode(200)
  defineKit(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) itemId: string,
    @Body({ schema: defineKit }) body: DefineKit,
  ) {
    return this.kitsService.defineKit(actor, itemId, body);
  }

  @Get('stock/conversions')
  @SignedIn()
  conversions(@CurrentActor() actor: Actor, @Query({ schema: conversionsQuery }) query: ConversionsQuery) {
    return this.conversionsService.conversions(actor, query);
  }

  @Post('stock/conversions')
  @MayDo('stock.adjust')
  convert(@CurrentActor() actor: Actor, @Body({ schema: convertStock }) body: ConvertStock) {
    return body.kind === 'assemble'
      ? this.conversionsService.assemble(actor, body)
      : this.conversionsService.unpack(actor, body);
  }

  @Get('stock/conversions/:id')
  @SignedIn()
  conversion(@CurrentActor() actor: Actor, @Param('id', { schema: id }) conversionId: string) {
    return this.conversionsService.conversion(actor, conversionId);
  }
}
