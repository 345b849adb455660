import { Body, Controller, Get, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { type Actor, Anyone, CurrentActor, MayDo } from '../../access/index.js';
import { CONFIG, type Config } from '../../config.js';
import { Problem } from '../../shared/problem.js';
import { CallbackGuard } from './callback.guard.js';
import { GatewayDeskService } from './gateway-desk.service.js';
import { smsReceipts, type SmsReceipts, smsReplies, type SmsReplies } from './providers.dto.js';
import { ProviderInbox } from './provider-inbox.service.js';
import { ReceiptsService } from './receipts.service.js';

/** Trials cost money and wake somebody. */
const TRIALS_PER_MINUTE = 3;

/** Call-backs of the text-message gateway, signed; and what administrators see of it. */
@ApiTags('providers')
@Controller('providers/sms')
export class ProvidersController {
  private readonly trials = new RateLimiterMemory({ points: TRIALS_PER_MINUTE, duration: 60 });

  constructor(
    private readonly taken: ReceiptsService,
    private readonly inbox: ProviderInbox,
    private readonly desk: GatewayDeskService,
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
    await this.trials.consume(actor.userId).catch((over: { msBeforeNext?: number }) => {
      throw new Problem('rate.limited', {}, { retryAfterS: Math.ceil((over.msBeforeNext ?? 1000) / 1000) });
    });
    return this.desk.tryOut(actor);
  }
}
