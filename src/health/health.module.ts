import { Module } from '@nestjs/common';
import { DispatchModule } from '../dispatch/index.js';
import { RecordModule } from '../record/index.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { Metrics } from './metrics.js';

@Module({
  imports: [DispatchModule, RecordModule],
  controllers: [HealthController],
  providers: [HealthService, Metrics],
})
export class HealthModule {}
