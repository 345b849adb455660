import { Body, Controller, Get, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, Anyone, CurrentActor, MayDo } from '../../access/index.js';
import { CONFIG, type Config } from '../../config.js';
import { perMinute, takeFrom } from '../../shared/allowance.js';
import { Problem } from '../../shared/problem.js';
import { VoiceCallbackGuard } from './callback.guard.js';
import { ProviderDeskService } from './provider-desk.service.js';
import { voiceReceipts, type VoiceReceipts } from './providers.dto.js';
import { ReceiptsService } from './receipts.service.js';

/** Trials cost money and ring a telephone. */
const TRIALS_PER_MINUTE = 3;

/** What became of calls, told by who makes them, signed; and what administrators see of it. */
@ApiTags('providers')
@Controller('providers/voice')
export class VoiceController {
  private readonly trials = perMinute(TRIALS_PER_MINUTE);

  constructor(
    private readonly taken: ReceiptsService,
    private readonly desk: ProviderDeskService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** No drill makes calls, so no key is pressed in one. */
  @Post('receipts')
  @Anyone()
  @UseGuards(VoiceCallbackGuard)
  @HttpCode(200)
  receipts(@Body({ schema: voiceReceipts }) body: VoiceReceipts) {
    if (this.config.drill) throw new Problem('provider.not-found');
    return this.taken.takeCalls(body.receipts);
  }

  @Get()
  @MayDo('channel.manage')
  gateway(@CurrentActor() actor: Actor) {
    return this.desk.voiceGateway(actor);
  }

  /** One call to one's own telephone. */
  @Post('trial')
  @MayDo('channel.manage')
  @HttpCode(200)
  async tryOut(@CurrentActor() actor: Actor) {
    await takeFrom(this.trials, actor.userId);
    return this.desk.tryOut(actor, 'voice');
  }
}
