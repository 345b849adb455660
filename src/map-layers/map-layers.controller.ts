import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../access/index.js';
import { id } from '../shared/fields.dto.js';
import { readUpload } from '../shared/upload.js';
import * as dto from './map-layers.dto.js';
import { MapLayersService } from './map-layers.service.js';

const GEOJSON = 'application/geo+json';
const FILE = { schema: { type: 'string' as const, format: 'binary' } };

@ApiTags('map')
@Controller('map-layers')
export class MapLayersController {
  constructor(private readonly service: MapLayersService) {}

  @Get()
  @SignedIn()
  async layers(@CurrentActor() actor: Actor, @Query({ schema: dto.layersQuery }) query: dto.LayersQuery) {
    return { items: await this.service.layers(actor, query), nextCursor: null };
  }

  /** The file is the body. What it would become on the map; nothing is kept. */
  @Post('preview')
  @MayDo('map.manage')
  @HttpCode(200)
  @ApiConsumes(GEOJSON)
  @ApiBody(FILE)
  async preview(
    @CurrentActor() actor: Actor,
    @Query({ schema: dto.previewQuery }) query: dto.PreviewQuery,
    @Req() request: Request,
  ) {
    return this.service.preview(actor, query, await readUpload(request, dto.LAYER_LIMITS.bytes));
  }

  /** The file is the body, as in the preview. */
  @Post()
  @MayDo('map.manage')
  @ApiConsumes(GEOJSON)
  @ApiBody(FILE)
  async add(
    @CurrentActor() actor: Actor,
    @Query({ schema: dto.addQuery }) query: dto.AddQuery,
    @Req() request: Request,
  ) {
    return this.service.addLayer(actor, query, await readUpload(request, dto.LAYER_LIMITS.bytes));
  }

  /** GeoJSON in EPSG:4326. They never change: another file is another layer. */
  @Get(':id/shapes')
  @SignedIn()
  @ApiOkResponse({ content: { [GEOJSON]: FILE } })
  async shapes(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) layerId: string,
    @Res() response: Response,
  ): Promise<void> {
    const shapes = await this.service.shapes(actor, layerId);
    response.type(GEOJSON).send(shapes);
  }

  @Post(':id/switch')
  @MayDo('map.manage')
  @HttpCode(200)
  switch(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) layerId: string,
    @Body({ schema: dto.switchLayer }) body: dto.SwitchLayer,
  ) {
    return this.service.switchLayer(actor, layerId, body);
  }

  @Post(':id/remove')
  @MayDo('map.manage')
  @HttpCode(200)
  remove(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) layerId: string,
    @Body({ schema: dto.removeLayer }) body: dto.RemoveLayer,
  ) {
    return this.service.removeLayer(actor, layerId, body);
  }
}
