import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { id } from '../shared/fields.dto.js';
import {
  changeEmail, type ChangeEmail, changePassword, type ChangePassword, grantRole, type GrantRole, resetPassword, type ResetPassword,
} from './access.dto.js'; // prettier-ignore
import { CurrentActor, MayDo, SignedIn } from './access.guard.js';
import { AccountsService } from './accounts.service.js';
import type { Actor } from './actor.js';

@ApiTags('access')
@Controller()
export class AccountsController {
  constructor(private readonly accounts: AccountsService) {}

  @Post('me/password')
  @SignedIn()
  @HttpCode(200)
  changePassword(@CurrentActor() actor: Actor, @Body({ schema: changePassword }) body: ChangePassword) {
    return this.accounts.changePassword(actor, body);
  }

  @Get('users/:id')
  @MayDo('user.manage')
  user(@CurrentActor() actor: Actor, @Param('id', { schema: id }) userId: string) {
    return this.accounts.user(actor, userId);
  }

  @Post('users/:id/password')
  @MayDo('user.manage')
  @HttpCode(200)
  resetPassword(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) userId: string,
    @Body({ schema: resetPassword }) body: ResetPassword,
  ) {
    return this.accounts.resetPassword(actor, userId, body.password);
  }

  @Post('users/:id/email')
  @MayDo('user.manage')
  @HttpCode(200)
  changeEmail(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) userId: string,
    @Body({ schema: changeEmail }) body: ChangeEmail,
  ) {
    return this.accounts.changeEmail(actor, userId, body.email);
  }

  @Post('users/:id/roles/revoke')
  @MayDo('user.manage')
  @HttpCode(200)
  revokeRole(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) userId: string,
    @Body({ schema: grantRole }) body: GrantRole,
  ) {
    return this.accounts.revokeRole(actor, userId, body);
  }

  @Post('users/:id/disable')
  @MayDo('user.manage')
  @HttpCode(200)
  disable(@CurrentActor() actor: Actor, @Param('id', { schema: id }) userId: string) {
    return this.accounts.disable(actor, userId);
  }

  @Post('users/:id/enable')
  @MayDo('user.manage')
  @HttpCode(200)
  enable(@CurrentActor() actor: Actor, @Param('id', { schema: id }) userId: string) {
    return this.accounts.enable(actor, userId);
  }
}
