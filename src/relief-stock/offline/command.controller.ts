import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import { type CommandsQuery, commandsQuery, type ResolveCommand, resolveCommand, type SendCommands, sendCommands } from './command.dto.js'; // prettier-ignore
import { CommandService } from './command.service.js';
import { ResolutionService } from './resolution.service.js';

/** For devices that were away. Each command asks for its own right when it runs. */
@ApiTags('stock')
@Controller('stock/commands')
export class CommandController {
  constructor(
    private readonly commands: CommandService,
    private readonly resolution: ResolutionService,
  ) {}

  @Post()
  @HttpCode(200)
  @SignedIn()
  take(@CurrentActor() actor: Actor, @Body({ schema: sendCommands }) body: SendCommands) {
    return this.commands.takeCommands(actor, body);
  }

  @Get()
  @MayDo('stock.resolve')
  list(@CurrentActor() actor: Actor, @Query({ schema: commandsQuery }) query: CommandsQuery) {
    return this.commands.commands(actor, query);
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @SignedIn()
  resolve(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) commandId: string,
    @Body({ schema: resolveCommand }) body: ResolveCommand,
  ) {
    return this.resolution.resolveCommand(actor, commandId, body);
  }
}
