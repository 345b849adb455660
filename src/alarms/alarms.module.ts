import { Module } from '@nestjs/common';
import { AlarmHealthService } from './alarm-health.service.js';
import { AlarmsController } from './alarms.controller.js';
import { AlarmsService } from './alarms.service.js';
import { AlarmWatchService } from './alarm-watch.service.js';

@Module({
  controllers: [AlarmsController],
  providers: [AlarmsService, AlarmWatchService, AlarmHealthService],
  exports: [AlarmsService, AlarmWatchService, AlarmHealthService],
})
export class AlarmsModule {}
