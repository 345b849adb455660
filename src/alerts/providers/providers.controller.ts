import { Body, Controller, Get, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, Anyone, CurrentActor, MayDo } from '../../access/index.js';
import { CONFIG, type Config } from '../../config.js';
import { perMinute, takeFrom } from '../../shared/allowance.js';
import { Problem } from '../../shared/problem.js';
import { CallbackGuard } from './callback.guard.js';
import { ProviderDeskService } from './provider-desk.service.js';
import { smsReceipts, type SmsReceipts, smsReplies, type SmsReplies } from './providers.dto.js';
import { ProviderInbox } from './provider-inbox.service.js';
import { ReceiptsService } from './receipts.service.js';

/** Trials cost money and wake somebody. */
const TRIALS_PER_MINUTE = 3;

/** Call-backs of the text-message gateway, signed; and what administrators see of it. */
@ApiTags('providers')
@Controller('providers/sms')
export class ProvidersController {
  private readonly trials = perMinute(TRIALS_PER_MINUTE);

  constructor(
    private readonly taken: ReceiptsService,
    private readonly inbox: ProviderInbox,
    private readonly desk: ProviderDeskService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('receipts')
  @Anyone()
  @UseGuards(CallbackGuard)
  @HttpCode(200)
  receipts(@Body({ schema: smsReceipts }) body: SmsReceipts) {
    return this.taken.takeReceipts(body.receipts);
  }

  /** Words of people are real: they come to the real desk only, not to a drill. */
  @Post('replies')
  @Anyone()
  @UseGuards(CallbackGuard)
  @HttpCode(200)
  replies(@Body({ schema: smsReplies }) body: SmsReplies) {
    if (this.config.drill) throw new Problem('provider.not-found');
    return this.inbox.keep(body.replies);
  }

  @Get()
  @MayDo('channel.manage')
  gateway(@CurrentActor() actor: Actor) {
    return this.desk.gateway(actor);
  }

  /** One text message to one's own telephone. */
  @Post('trial')
  @MayDo('channel.manage')
  @HttpCode(200)
  async tryOut(@CurrentActor() actor: Actor) {
    await takeFrom(this.trials, actor.userId);
    return this.desk.tryOut(actor, 'sms');
  }
}
