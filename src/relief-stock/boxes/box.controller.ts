import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import {
  type BoxesQuery, boxesQuery, type BoxLinesQuery, boxLinesQuery, type BreakBox, breakBox, type MoveBox, moveBox, type PackBox, packBox,
  type PlaceBox, placeBox, type SendBox, sendBox,
} from './box.dto.js'; // prettier-ignore
import { BoxService } from './box.service.js';

@ApiTags('stock')
@Controller('stock/boxes')
export class BoxController {
  constructor(private readonly boxes: BoxService) {}

  @Get()
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Query({ schema: boxesQuery }) query: BoxesQuery) {
    return this.boxes.boxes(actor, query);
  }

  @Post()
  @MayDo('supply.keep')
  pack(@CurrentActor() actor: Actor, @Body({ schema: packBox }) body: PackBox) {
    return this.boxes.pack(actor, body);
  }

  @Get(':id')
  @SignedIn()
  one(@CurrentActor() actor: Actor, @Param('id', { schema: id }) boxId: string) {
    return this.boxes.box(actor, boxId);
  }

  @Get(':id/lines')
  @SignedIn()
  lines(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) boxId: string,
    @Query({ schema: boxLinesQuery }) { form }: BoxLinesQuery,
  ) {
    return this.boxes.lines(actor, boxId, form);
  }

  @Post(':id/move')
  @HttpCode(200)
  @MayDo('supply.keep')
  move(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) boxId: string,
    @Body({ schema: moveBox }) body: MoveBox,
  ) {
    // prettier-ignore
    return this.boxes.move(actor, boxId, body);
  }

  @Post(':id/break')
  @HttpCode(200)
  @MayDo('supply.keep')
  break(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) boxId: string,
    @Body({ schema: breakBox }) body: BreakBox,
  ) {
    // prettier-ignore
    return this.boxes.break(actor, boxId, body);
  }

  @Post(':id/send')
  @HttpCode(200)
  @MayDo('supply.keep')
  send(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) boxId: string,
    @Body({ schema: sendBox }) body: SendBox,
  ) {
    // prettier-ignore
    return this.boxes.send(actor, boxId, body);
  }

  @Post(':id/place')
  @HttpCode(200)
  @MayDo('supply.keep')
  place(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) boxId: string,
    @Body({ schema: placeBox }) body: PlaceBox,
  ) {
    // prettier-ignore
    return this.boxes.place(actor, boxId, body);
  }
}
