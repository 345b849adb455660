import { Readable } from 'node:stream';
import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { type Actor, CurrentActor, MayDo } from '../access/index.js';
import { CONFIG, type Config } from '../config.js';
import { dispositionOf, sendFile } from '../shared/download.js';
import * as dto from './record.dto.js';
import { RecordService } from './record.service.js';
import { RecordSearchService } from './search.service.js';

const afterQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
const proofQuery = z.object({ seq: z.coerce.number().int().min(1) });

/** The record of all changes, for auditors and supervisors. */
@ApiTags('record')
@Controller('journal')
export class RecordController {
  constructor(
    private readonly record: RecordService,
    private readonly search: RecordSearchService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @MayDo('journal.read')
  changes(@CurrentActor() actor: Actor, @Query({ schema: afterQuery }) query: z.infer<typeof afterQuery>) {
    return this.record.changes(actor, query.after, query.limit);
  }

  /** Lines found by what they are about, the newest first. */
  @Get('lines')
  @MayDo('journal.browse')
  lines(@CurrentActor() actor: Actor, @Query({ schema: dto.linesQuery }) query: dto.LinesQuery) {
    return this.search.lines(actor, query);
  }

  /** A stretch of the chain checked here and now; whoever wants all of it asks on from `to` until that is `head`. */
  @Get('chain')
  @MayDo('journal.browse')
  chain(@Query({ schema: dto.chainQuery }) query: dto.ChainQuery) {
    return this.search.chain(query);
  }

  /** One line with the links that prove its place, and the newest line of the chain. */
  @Get('proof')
  @MayDo('journal.read')
  proof(@CurrentActor() actor: Actor, @Query({ schema: proofQuery }) query: z.infer<typeof proofQuery>) {
    return this.record.proof(actor, query.seq);
  }

  /** The whole record, a JSON line each; `npm run journal:verify -- FILE` checks the file without this system. */
  @Get('export')
  @MayDo('journal.read')
  async export(@CurrentActor() actor: Actor, @Res() response: Response): Promise<void> {
    await this.record.mustReadAll(actor);
    const disposition = dispositionOf('attachment', 'journal.ndjson', this.config.drill);
    response.type('application/x-ndjson').setHeader('Content-Disposition', disposition);
    await sendFile(Readable.from(this.text()), response);
  }

  private async *text(): AsyncGenerator<string> {
    for await (const line of this.record.lines()) yield `${JSON.stringify(line)}\n`;
  }
}
