import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import * as dto from './note.dto.js';
import { NotesService } from './notes.service.js';

@ApiTags('incidents')
@Controller('incidents/:id/notes')
export class NotesController {
  constructor(private readonly service: NotesService) {}

  @Post()
  @MayDo('incident.note')
  record(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Body({ schema: dto.recordNote }) body: dto.RecordNote,
  ) {
    return this.service.recordNote(actor, incidentId, body);
  }

  @Get()
  @SignedIn()
  list(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Query({ schema: dto.notesQuery }) query: dto.NotesQuery,
  ) {
    return this.service.notes(actor, incidentId, query);
  }
}
