import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';
import { CONFIG, type Config } from '../config.js';
import { perMinute, takeFrom } from '../shared/allowance.js';
import { id, pageQuery } from '../shared/fields.dto.js';
import { decodeCursor, toPage } from '../shared/paging.js';
import { type CreateUser, createUser, grantRole, type GrantRole, signIn, type SignIn } from './access.dto.js';
import { Anyone, CurrentActor, MayDo, sessionCookie, SignedIn } from './access.guard.js';
import { AccessService } from './access.service.js';
import type { Actor } from './actor.js';

const usersQuery = z.object(pageQuery);

@ApiTags('access')
@Controller()
export class AccessController {
  private readonly attempts: RateLimiterMemory;

  constructor(
    private readonly access: AccessService,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.attempts = perMinute(config.SIGN_IN_PER_MINUTE);
  }

  @Post('sessions')
  @Anyone()
  async signIn(
    @Body({ schema: signIn }) body: SignIn,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    const ip = request.ip ?? 'unknown';
    await takeFrom(this.attempts, ip);
    const session = await this.access.signIn(body, { ip, userAgent: request.headers['user-agent'] ?? '' });
    const { name, path } = sessionCookie(this.config);
    response.cookie(name, session.token, {
      httpOnly: true, sameSite: 'lax', secure: request.secure, path, expires: new Date(session.expiresAt),
    }); // prettier-ignore
    return session;
  }

  @Delete('sessions/current')
  @SignedIn()
  @HttpCode(204)
  async signOut(@CurrentActor() actor: Actor, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.access.signOut(actor);
    const { name, path } = sessionCookie(this.config);
    response.clearCookie(name, { path });
  }

  @Get('me')
  @SignedIn()
  me(@CurrentActor() actor: Actor) {
    return this.access.describe(actor);
  }

  @Get('societies')
  @SignedIn()
  async societies() {
    return { items: await this.access.societies(), nextCursor: null };
  }

  @Get('users')
  @MayDo('user.manage')
  async users(@CurrentActor() actor: Actor, @Query({ schema: usersQuery }) query: z.infer<typeof usersQuery>) {
    const [after] = decodeCursor(query.cursor, ['string']) ?? [null];
    const users = await this.access.users(actor, after as string | null, query.limit + 1);
    return toPage(users, query.limit, (user) => [user.account]);
  }

  @Post('users')
  @MayDo('user.manage')
  createUser(@CurrentActor() actor: Actor, @Body({ schema: createUser }) body: CreateUser) {
    return this.access.createUser(actor, body);
  }

  @Post('users/:id/roles')
  @MayDo('user.manage')
  grantRole(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) userId: string,
    @Body({ schema: grantRole }) body: GrantRole,
  ) {
    return this.access.grantRole(actor, userId, body);
  }
}
