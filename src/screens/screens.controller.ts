import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { type Actor, Anyone, CurrentActor, MayDo } from '../access/index.js';
import { perMinute, takeFrom } from '../shared/allowance.js';
import { id } from '../shared/fields.dto.js';
import { Problem } from '../shared/problem.js';
import { PictureService } from './picture.service.js';
import { CLOCK_HEADER, makeScreen, type MakeScreen, screensQuery, type ScreensQuery } from './screens.dto.js';
import { ScreensService } from './screens.service.js';
import { Sightings } from './sightings.service.js';

/** A screen asks every two seconds; this leaves room for a second page with the same token, not for a crowd. */
const ASKED_PER_MINUTE = 120;
/** Wrong tokens from one address. */
const STRANGERS_PER_MINUTE = 30;
const TOKEN = /^Screen ([\w-]{43})$/;

@ApiTags('screens')
@Controller('screens')
export class ScreensController {
  private readonly asked = perMinute(ASKED_PER_MINUTE);
  private readonly strangers = perMinute(STRANGERS_PER_MINUTE);

  constructor(
    private readonly screens: ScreensService,
    private readonly pictures: PictureService,
    private readonly sightings: Sightings,
  ) {}

  @Post()
  @MayDo('screen.manage')
  make(@CurrentActor() actor: Actor, @Body({ schema: makeScreen }) body: MakeScreen) {
    return this.screens.makeScreen(actor, body);
  }

  @Get()
  @MayDo('screen.manage')
  list(@CurrentActor() actor: Actor, @Query({ schema: screensQuery }) query: ScreensQuery) {
    return this.screens.screens(actor, query);
  }

  @Post(':id/revoke')
  @MayDo('screen.manage')
  @HttpCode(200)
  revoke(@CurrentActor() actor: Actor, @Param('id', { schema: id }) screenId: string) {
    return this.screens.revokeScreen(actor, screenId);
  }

  /**
   * The one thing that a screen's token (`Authorization: Screen <token>`) is good for. With `If-None-Match`, 304 while nothing has changed. The
   * token stands in a header, because addresses are what servers and proxies write into their logs.
   */
  @Get('picture')
  @Anyone()
  async picture(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Headers('authorization') authorization?: string,
    @Headers('if-none-match') known?: string,
  ) {
    const screen = await this.screenFor(authorization, request.ip ?? 'unknown');
    this.sightings.note(screen.id);
    const mark = await this.pictures.mark();
    response.setHeader(CLOCK_HEADER, this.pictures.clockNow());
    if (known === mark) {
      response.setHeader('ETag', mark);
      return void response.status(304);
    }
    const picture = await this.pictures.picture(screen);
    response.setHeader('ETag', this.pictures.markOf(picture.seq));
    response.setHeader(CLOCK_HEADER, this.pictures.clockNow());
    return picture;
  }

  private async screenFor(authorization: string | undefined, address: string) {
    const token = TOKEN.exec(authorization ?? '')?.[1];
    if (!token) throw new Problem('screen.unknown', {}, { status: 401 });
    // A link that is good is never kept out by a stranger at the same address: behind one proxy that is everybody's.
    const screen = await this.screens.screenOf(token).catch(async (refusal: unknown) => {
      await takeFrom(this.strangers, address);
      throw refusal;
    });
    await takeFrom(this.asked, screen.id);
    return screen;
  }
}
