import { Module } from '@nestjs/common';
import { MapLayersController } from './map-layers.controller.js';
import { MapLayersService } from './map-layers.service.js';
import { TilesController } from './tiles/tiles.controller.js';
import { TilesService } from './tiles/tiles.service.js';

@Module({
  controllers: [MapLayersController, TilesController],
  providers: [MapLayersService, TilesService],
  exports: [MapLayersService],
})
export class MapLayersModule {}
