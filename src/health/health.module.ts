import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/index.js';
import { DispatchModule } from '../dispatch/index.js';
import { RecordModule } from '../record/index.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { Metrics } from './metrics.js';

@Module({
  imports: [AlertsModule, DispatchModule, RecordModule],
  controllers: [HealthController],
  providers: [HealthService, Metrics],
})
export class HealthModule {}
