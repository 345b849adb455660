import { Controller, Get, Headers, Inject, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, SignedIn } from '../../access/index.js';
import { CONFIG, type Config } from '../../config.js';
import { dispositionOf } from '../../shared/download.js';
import { id } from '../../shared/fields.dto.js';
import { type LabelQuery, labelQuery, type PaperQuery, paperQuery } from './paper.dto.js';
import { PaperService } from './paper.service.js';
import { readerLocale } from './words.js';

const PDF = { content: { 'application/pdf': { schema: { type: 'string' as const, format: 'binary' } } } };

@ApiTags('stock')
@Controller('stock')
export class PaperController {
  constructor(
    private readonly papers: PaperService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A form of a thing, ready to print and sign. */
  @Get('papers/:form/:id.pdf')
  @SignedIn()
  @ApiOkResponse(PDF)
  async paper(
    @CurrentActor() actor: Actor,
    @Param('form') form: string,
    @Param('id', { schema: id }) thingId: string,
    @Query({ schema: paperQuery }) query: PaperQuery,
    @Headers('accept-language') asked?: string,
  ): Promise<StreamableFile> {
    const bytes = await this.papers.paper(actor, { form, id: thingId, locale: readerLocale(asked, actor) }, query);
    return this.file(bytes, form);
  }

  /** Labels to stick on. `ids` separated by commas; each printed `copies` times. */
  @Get('labels/:kind.pdf')
  @SignedIn()
  @ApiOkResponse(PDF)
  async labels(
    @CurrentActor() actor: Actor,
    @Param('kind') kind: string,
    @Query({ schema: labelQuery }) query: LabelQuery,
    @Headers('accept-language') asked?: string,
  ): Promise<StreamableFile> {
    const bytes = await this.papers.labels(actor, { kind, locale: readerLocale(asked, actor) }, query);
    return this.file(bytes, 'labels');
  }

  private file(bytes: Buffer, name: string): StreamableFile {
    const disposition = dispositionOf('inline', `${name}.pdf`, this.config.drill);
    return new StreamableFile(bytes, { disposition, type: 'application/pdf' });
  }
}
