import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { CrossingsService } from './crossings.service.js';
import { GroundService } from './ground.service.js';
import { OsrmRouter } from './osrm-router.js';
import { Router, StraightLineRouter } from './router.js';
import { TravelController } from './travel.controller.js';
import { Ways } from './ways.js';

@Module({
  controllers: [TravelController],
  providers: [
    {
      provide: Router,
      inject: [CONFIG],
      useFactory: ({ ROUTER_URL }: Config) => (ROUTER_URL ? new OsrmRouter(ROUTER_URL) : new StraightLineRouter()),
    },
    Ways,
    CrossingsService,
    GroundService,
  ],
  exports: [Router, Ways, CrossingsService, GroundService],
})
export class TravelModule {}
