import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Actor, CurrentActor, SignedIn } from '../../access/index.js';
import { type BaseMapDto, gridNumber } from './tiles.dto.js';
import { TilesService } from './tiles.service.js';
import { perMinute, takeFrom } from '../../shared/allowance.js';

/** A wide map is about fifty tiles. Less than a session's whole allowance, so that a map never takes that of the desk's commands. */
export const TILES_PER_MINUTE = 1200;
/** Seconds that a browser keeps a tile. */
const KEPT_S = 86_400;
const PICTURE = { schema: { type: 'string' as const, format: 'binary' } };

@ApiTags('map')
@Controller('map-tiles')
export class TilesController {
  private readonly drawn = perMinute(TILES_PER_MINUTE);

  constructor(private readonly service: TilesService) {}

  /** The base map that is set, or null. */
  @Get()
  @SignedIn()
  baseMap(): BaseMapDto {
    return this.service.baseMap();
  }

  /** Web mercator (EPSG:3857), 256 pixels, rows from the north. */
  @Get(':z/:x/:y')
  @SignedIn()
  @ApiOkResponse({ content: { 'image/png': PICTURE, 'image/jpeg': PICTURE, 'image/webp': PICTURE } })
  @ApiNoContentResponse({ description: 'The provider has no tile there.' })
  async tile(
    @CurrentActor() actor: Actor,
    @Param('z', { schema: gridNumber }) z: string,
    @Param('x', { schema: gridNumber }) x: string,
    @Param('y', { schema: gridNumber }) y: string,
    @Res() response: Response,
  ): Promise<void> {
    await takeFrom(this.drawn, actor.sessionId);
    const tile = await this.service.tile({ z, x, y });
    response.setHeader('Cache-Control', `private, max-age=${KEPT_S}`);
    if (tile) response.type(tile.type).send(tile.bytes);
    else response.status(204).end();
  }
}
