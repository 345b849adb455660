import { Module } from '@nestjs/common';
import { AlertsController } from './alerts.controller.js';
import { AlertsService } from './alerts.service.js';
import { CONFIG, type Config } from '../config.js';
import { Clock } from '../shared/clock.js';
import { AlertChannel, ChannelDoors, DrillOutbox, ListedChannel, OutboxChannel } from './channel.service.js';
import { DeliveryService } from './delivery.service.js';
import { FileInbox, ReplyInbox } from './inbox.service.js';
import { CallbackGuard } from './providers/callback.guard.js';
import { GatewayDeskService } from './providers/gateway-desk.service.js';
import { ProviderInbox } from './providers/provider-inbox.service.js';
import { ProvidersController } from './providers/providers.controller.js';
import { ReceiptsService } from './providers/receipts.service.js';
import { SmsGateway } from './providers/sms-gateway.service.js';
import { RobotCaller } from './robots/robot-caller.service.js';
import { RobotDeliveryService } from './robots/robot-delivery.service.js';
import { RobotsController } from './robots/robots.controller.js';
import { RobotsService } from './robots/robots.service.js';

@Module({
  controllers: [AlertsController, ProvidersController, RobotsController],
  providers: [
    AlertsService,
    DeliveryService,
    {
      provide: AlertChannel,
      inject: [CONFIG, Clock],
      useFactory: (config: Config, clock: Clock) =>
        config.SMS_GATEWAY_URL ? new SmsGateway(config, clock) : new OutboxChannel(config),
    },
    {
      provide: DrillOutbox,
      inject: [CONFIG, AlertChannel],
      useFactory: (config: Config, provider: AlertChannel) =>
        config.drill ? new ListedChannel(config, provider) : new DrillOutbox(config),
    },
    ChannelDoors,
    ProviderInbox,
    {
      provide: ReplyInbox,
      inject: [CONFIG, ProviderInbox],
      // In a drill words come from its own file: people's telephones speak to the real desk.
      useFactory: (config: Config, provider: ProviderInbox) =>
        config.SMS_CALLBACK_SECRET && !config.drill ? provider : new FileInbox(config),
    },
    CallbackGuard,
    ReceiptsService,
    GatewayDeskService,
    RobotCaller,
    RobotDeliveryService,
    RobotsService,
  ],
  exports: [AlertsService, AlertChannel, ChannelDoors, DeliveryService, ReplyInbox, RobotDeliveryService],
})
export class AlertsModule {}
