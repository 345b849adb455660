import { Module } from '@nestjs/common';
import { DispatchModule } from '../dispatch/index.js';
import { HealthController } from './health.controller.js';
import { Metrics } from './metrics.js';

@Module({ imports: [DispatchModule], controllers: [HealthController], providers: [Metrics] })
export class HealthModule {}
