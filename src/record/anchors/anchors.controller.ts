import { Readable } from 'node:stream';
import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { MayDo } from '../../access/index.js';
import { CONFIG, type Config } from '../../config.js';
import { dispositionOf, sendFile } from '../../shared/download.js';
import * as dto from './anchors.dto.js';
import { AnchorService } from './anchors.service.js';

/** The signed daily anchors of the record, for those who may browse it. They name no person and no thing. */
@ApiTags('record')
@Controller('journal/anchors')
export class AnchorsController {
  constructor(
    private readonly anchors: AnchorService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Newest first, each with whether it holds now. */
  @Get()
  @MayDo('journal.browse')
  page(@Query({ schema: dto.anchorsQuery }) query: dto.AnchorsQuery) {
    return this.anchors.anchors(query);
  }

  /** All of them, a JSON line each, oldest first, to be given away; `npm run journal:verify -- FILE --anchors ANCHORS` holds a record against them. */
  @Get('export')
  @MayDo('journal.browse')
  async export(@Res() response: Response): Promise<void> {
    const disposition = dispositionOf('attachment', 'anchors.ndjson', this.config.drill);
    response.type('application/x-ndjson').setHeader('Content-Disposition', disposition);
    await sendFile(Readable.from(this.text()), response);
  }

  private async *text(): AsyncGenerator<string> {
    for await (const anchor of this.anchors.all()) yield `${JSON.stringify(anchor)}\n`;
  }
}
