import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Anyone } from '../access/index.js';
import { linkToken } from '../alerts/alerts.dto.js';
import { linkHash } from '../alerts/index.js';
import { perMinute, takeFrom } from '../shared/allowance.js';
import { linkedStep, type LinkedStep, SAID_PER_MINUTE } from './dispatch.dto.js';
import { LinkedProgressService } from './linked-progress.service.js';

@ApiTags('dispatch')
@Controller('alert-links/:token/progress')
export class LinkedProgressController {
  private readonly sayings = perMinute(SAID_PER_MINUTE);

  constructor(private readonly linked: LinkedProgressService) {}

  @Get()
  @Anyone()
  progress(@Param('token', { schema: linkToken }) token: string) {
    return this.linked.progress(token);
  }

  @Post()
  @Anyone()
  @HttpCode(200)
  async takeStep(@Param('token', { schema: linkToken }) token: string, @Body({ schema: linkedStep }) body: LinkedStep) {
    await takeFrom(this.sayings, linkHash(token).toString('base64url'));
    return this.linked.takeStep(token, body);
  }
}
