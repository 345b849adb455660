import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import { type ChangeLot, changeLot } from './lot.dto.js';
import { LotService } from './lot.service.js';

@ApiTags('stock')
@Controller('lots')
export class LotController {
  constructor(private readonly lots: LotService) {}

  @Get(':id')
  @SignedIn()
  lot(@CurrentActor() actor: Actor, @Param('id', { schema: id }) lotId: string) {
    return this.lots.lot(actor, lotId);
  }

  @Post(':id/hold')
  @MayDo('stock.hold')
  @HttpCode(200)
  hold(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) lotId: string,
    @Body({ schema: changeLot }) body: ChangeLot,
  ) {
    return this.lots.change(actor, lotId, 'hold', body);
  }

  @Post(':id/release')
  @MayDo('stock.hold')
  @HttpCode(200)
  release(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) lotId: string,
    @Body({ schema: changeLot }) body: ChangeLot,
  ) {
    return this.lots.change(actor, lotId, 'release', body);
  }

  @Post(':id/quarantine')
  @MayDo('stock.hold')
  @HttpCode(200)
  quarantine(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) lotId: string,
    @Body({ schema: changeLot }) body: ChangeLot,
  ) {
    return this.lots.change(actor, lotId, 'quarantine', body);
  }

  @Post(':id/recall')
  @MayDo('stock.hold')
  @HttpCode(200)
  recall(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) lotId: string,
    @Body({ schema: changeLot }) body: ChangeLot,
  ) {
    return this.lots.change(actor, lotId, 'recall', body);
  }

  @Post(':id/damage')
  @MayDo('stock.hold')
  @HttpCode(200)
  damage(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) lotId: string,
    @Body({ schema: changeLot }) body: ChangeLot,
  ) {
    return this.lots.change(actor, lotId, 'damage', body);
  }

  @Post(':id/dispose')
  @MayDo('stock.hold')
  @HttpCode(200)
  dispose(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) lotId: string,
    @Body({ schema: changeLot }) body: ChangeLot,
  ) {
    return this.lots.change(actor, lotId, 'dispose', body);
  }
}
