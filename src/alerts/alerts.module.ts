import { Module } from '@nestjs/common';
import { AlertsController } from './alerts.controller.js';
import { AlertsService } from './alerts.service.js';
import { AlertChannel, OutboxChannel } from './channel.service.js';
import { DeliveryService } from './delivery.service.js';

@Module({
  controllers: [AlertsController],
  providers: [AlertsService, DeliveryService, { provide: AlertChannel, useClass: OutboxChannel }],
  exports: [AlertsService, DeliveryService],
})
export class AlertsModule {}
