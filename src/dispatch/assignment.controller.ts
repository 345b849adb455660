import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../access/index.js';
import { id } from '../shared/fields.dto.js';
import { decodeCursor, toPage } from '../shared/paging.js';
import { AssignmentService } from './assignment.service.js';
import { ASSIGNMENT_STEPS, assignmentStep, type AssignmentStep, workQuery, type WorkQuery } from './dispatch.dto.js';

const step = z.enum(ASSIGNMENT_STEPS);

@ApiTags('dispatch')
@Controller('assignments')
export class AssignmentController {
  constructor(private readonly assignments: AssignmentService) {}

  @Get()
  @SignedIn()
  async list(@CurrentActor() actor: Actor, @Query({ schema: workQuery }) query: WorkQuery) {
    const rows = await this.assignments.assignments(actor, workFilter(query));
    return toPage(rows, query.limit, (row) => [row.id]);
  }

  @Get(':id')
  @SignedIn()
  one(@CurrentActor() actor: Actor, @Param('id', { schema: id }) assignmentId: string) {
    return this.assignments.assignment(actor, assignmentId);
  }

  /** accept, decline, assemble, depart, arrive, work, rest, resume, release, return, close, withdraw. */
  @Post(':id/:step')
  @MayDo('assignment.step')
  @HttpCode(200)
  takeStep(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) assignmentId: string,
    @Param('step', { schema: step }) name: z.infer<typeof step>,
    @Body({ schema: assignmentStep }) body: AssignmentStep,
  ) {
    return this.assignments.takeStep(actor, assignmentId, name, body);
  }
}

/** Filters of a list of work. `status` names one or several, with commas. */
export function workFilter({ cursor, limit, status, ...filter }: WorkQuery) {
  const [before] = decodeCursor(cursor, ['string']) ?? [null];
  return { ...filter, statuses: status ? status.split(',') : null, before: before as string | null, limit: limit + 1 };
}
