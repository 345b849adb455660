import { Module } from '@nestjs/common';
import { AlertsController } from './alerts.controller.js';
import { AlertsService } from './alerts.service.js';
import { CONFIG, type Config } from '../config.js';
import { Database, inTransaction } from '../database/index.js';
import { Clock } from '../shared/clock.js';
import {
  AlertChannel, ChannelDoors, DrillOutbox, ListedChannel, OutboxChannel, type OutgoingAlert, ProviderChannels,
} from './channel.service.js'; // prettier-ignore
import { ContactController } from './contact/contact.controller.js';
import { ContactService } from './contact/contact.service.js';
import { DeliveryService } from './delivery.service.js';
import { noteDrillText } from './drill-texts.store.js';
import { FileInbox, ReplyInbox } from './inbox.service.js';
import { Mailer } from './mail/mailer.service.js';
import { MailController } from './mail/mail.controller.js';
import { CallbackGuard, VoiceCallbackGuard } from './providers/callback.guard.js';
import { ChannelStateService } from './providers/channel-state.service.js';
import { ProviderDeskService } from './providers/provider-desk.service.js';
import { ProviderInbox } from './providers/provider-inbox.service.js';
import { ProvidersController } from './providers/providers.controller.js';
import { ReceiptsService } from './providers/receipts.service.js';
import { VoiceController } from './providers/voice.controller.js';
import { Gateway } from './providers/gateway.service.js';
import { RobotCaller } from './robots/robot-caller.service.js';
import { RobotKey } from './robots/robot-key.js';
import { RobotSealing } from './robots/robot-sealing.service.js';
import { RobotDeliveryService } from './robots/robot-delivery.service.js';
import { RobotsController } from './robots/robots.controller.js';
import { RobotsService } from './robots/robots.service.js';

@Module({
  controllers: [
    AlertsController,
    ProvidersController,
    VoiceController,
    MailController,
    RobotsController,
    ContactController,
  ],
  providers: [
    AlertsService,
    ContactService,
    DeliveryService,
    {
      provide: AlertChannel,
      inject: [CONFIG, Clock],
      useFactory: (config: Config, clock: Clock) =>
        new ProviderChannels(
          config.SMS_GATEWAY_URL ? new Gateway('sms', config, clock) : new OutboxChannel(config),
          config.SMTP_URL ? new Mailer(config) : null,
          config.VOICE_GATEWAY_URL ? new Gateway('voice', config, clock) : null,
        ),
    },
    {
      provide: DrillOutbox,
      inject: [CONFIG, AlertChannel, Database],
      useFactory: (config: Config, provider: AlertChannel, db: Database) => {
        const noteText = (alert: OutgoingAlert) => inTransaction(db, (tx) => noteDrillText(tx, alert));
        return config.drill ? new ListedChannel(config, provider, noteText) : new DrillOutbox(config);
      },
    },
    ChannelDoors,
    ProviderInbox,
    {
      provide: ReplyInbox,
      inject: [CONFIG, ProviderInbox],
      // In a drill words come from its own file, and from reality, which finds what is the drill's (dispatch/reply-worlds).
      useFactory: (config: Config, provider: ProviderInbox) =>
        (config.SMS_CALLBACK_SECRET ?? config.VOICE_CALLBACK_SECRET) && !config.drill
          ? provider
          : new FileInbox(config),
    },
    CallbackGuard,
    VoiceCallbackGuard,
    ReceiptsService,
    ProviderDeskService,
    ChannelStateService,
    RobotKey,
    RobotSealing,
    RobotCaller,
    RobotDeliveryService,
    RobotsService,
  ],
  exports: [
    AlertsService,
    AlertChannel,
    ChannelDoors,
    ChannelStateService,
    DeliveryService,
    ReplyInbox,
    RobotDeliveryService,
  ],
})
export class AlertsModule {}
