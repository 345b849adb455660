import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import { type BinMovesQuery, binMovesQuery, type MoveBins, moveBins } from './bin-move.dto.js';
import { BinMoveService } from './bin-move.service.js';

@ApiTags('stock')
@Controller('stock')
export class BinMoveController {
  constructor(private readonly moves: BinMoveService) {}

  @Post('bin-moves')
  @MayDo('supply.keep')
  move(@CurrentActor() actor: Actor, @Body({ schema: moveBins }) body: MoveBins) {
    return this.moves.moveBins(actor, body);
  }

  @Get('bin-moves')
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Query({ schema: binMovesQuery }) query: BinMovesQuery) {
    return this.moves.binMoves(actor, query);
  }

  @Get('bin-moves/:id')
  @SignedIn()
  one(@CurrentActor() actor: Actor, @Param('id', { schema: id }) moveId: string) {
    return this.moves.binMove(actor, moveId);
  }
}
