import { Module } from '@nestjs/common';
import { AlertsController } from './alerts.controller.js';
import { AlertsService } from './alerts.service.js';
import { CONFIG, type Config } from '../config.js';
import { AlertChannel, ChannelDoors, DrillOutbox, ListedChannel, OutboxChannel } from './channel.service.js';
import { DeliveryService } from './delivery.service.js';
import { FileInbox, ReplyInbox } from './inbox.service.js';

@Module({
  controllers: [AlertsController],
  providers: [
    AlertsService,
    DeliveryService,
    { provide: AlertChannel, useClass: OutboxChannel },
    {
      provide: DrillOutbox,
      inject: [CONFIG, AlertChannel],
      useFactory: (config: Config, provider: AlertChannel) =>
        config.drill ? new ListedChannel(config, provider) : new DrillOutbox(config),
    },
    ChannelDoors,
    { provide: ReplyInbox, useClass: FileInbox },
  ],
  exports: [AlertsService, AlertChannel, ChannelDoors, DeliveryService, ReplyInbox],
})
export class AlertsModule {}
