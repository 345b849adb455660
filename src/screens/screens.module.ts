import { Module } from '@nestjs/common';
import { PictureService } from './picture.service.js';
import { ScreensController } from './screens.controller.js';
import { ScreensService } from './screens.service.js';
import { Sightings } from './sightings.service.js';

@Module({
  controllers: [ScreensController],
  providers: [ScreensService, PictureService, Sightings],
})
export class ScreensModule {}
