import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import { setContact, type SetContact } from './contact.dto.js';
import { ContactService } from './contact.service.js';

@ApiTags('alerts')
@Controller()
export class ContactController {
  constructor(private readonly contact: ContactService) {}

  @Get('me/contact')
  @SignedIn()
  own(@CurrentActor() actor: Actor) {
    return this.contact.own(actor);
  }

  /** In which order the ways to the person are tried, how long is waited between them, and the quiet hours for what may wait. */
  @Put('me/contact')
  @SignedIn()
  set(@CurrentActor() actor: Actor, @Body({ schema: setContact }) body: SetContact) {
    return this.contact.set(actor, body);
  }

  @Get('users/:id/contact')
  @MayDo('contact.read')
  ofUser(@CurrentActor() actor: Actor, @Param('id', { schema: id }) userId: string) {
    return this.contact.ofUser(actor, userId);
  }
}
