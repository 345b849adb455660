import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo } from '../../access/index.js';
import { ProviderDeskService } from '../providers/provider-desk.service.js';
import { perMinute, takeFrom } from '../../shared/allowance.js';

const TRIALS_PER_MINUTE = 3;

/** What administrators see of the mail server. */
@ApiTags('providers')
@Controller('providers/mail')
export class MailController {
  private readonly trials = perMinute(TRIALS_PER_MINUTE);

  constructor(private readonly desk: ProviderDeskService) {}

  @Get()
  @MayDo('channel.manage')
  server(@CurrentActor() actor: Actor) {
    return this.desk.mailServer(actor);
  }

  /** One mail to one's own address. */
  @Post('trial')
  @MayDo('channel.manage')
  @HttpCode(200)
  async tryOut(@CurrentActor() actor: Actor) {
    await takeFrom(this.trials, actor.userId);
    return this.desk.tryOut(actor, 'mail');
  }
}
