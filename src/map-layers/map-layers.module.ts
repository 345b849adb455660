import { Module } from '@nestjs/common';
import { MapLayersController } from './map-layers.controller.js';
import { MapLayersService } from './map-layers.service.js';

@Module({ controllers: [MapLayersController], providers: [MapLayersService], exports: [MapLayersService] })
export class MapLayersModule {}
