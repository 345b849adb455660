import type { Readable } from 'node:stream';
import { Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { type Actor, CurrentActor, SignedIn } from '../../access/index.js';
import { CONFIG, type Config } from '../../config.js';
import { readerLocale } from '../paper/words.js';
import { ExportService } from './export.service.js';
import { ImportService } from './import.service.js';
import { type ImportQuery, importQuery, type ImportReport } from './sheets.dto.js';
import { TemplateService } from './template.service.js';
import { dispositionOf, sendFile } from '../../shared/download.js';
import { readUpload } from '../../shared/upload.js';
import { WORKBOOK_LIMITS } from './workbook-zip.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const FILE = { schema: { type: 'string' as const, format: 'binary' } };

@ApiTags('stock')
@Controller('stock')
export class SheetsController {
  constructor(
    private readonly imports: ImportService,
    private readonly exports: ExportService,
    private readonly templates: TemplateService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The workbook is the body. Without `dryRun=false` it is only read and every flaw named. */
  @Post('imports/:kind')
  @SignedIn()
  @HttpCode(200)
  @ApiConsumes(XLSX)
  @ApiBody(FILE)
  async import(
    @CurrentActor() actor: Actor,
    @Param('kind') kind: string,
    @Query({ schema: importQuery }) query: ImportQuery,
    @Req() request: Request,
    @Headers('accept-language') asked?: string,
  ): Promise<ImportReport> {
    const bytes = await readUpload(request, WORKBOOK_LIMITS.bytes);
    return this.imports.importSheet(actor, { kind, bytes, locale: readerLocale(asked, actor) }, query);
  }

  @Get('imports/:kind/template.xlsx')
  @SignedIn()
  @ApiOkResponse({ content: { [XLSX]: FILE } })
  async template(
    @CurrentActor() actor: Actor,
    @Param('kind') kind: string,
    @Res() response: Response,
    @Headers('accept-language') asked?: string,
  ): Promise<void> {
    await this.send(this.templates.template(kind, readerLocale(asked, actor)), `template-${kind}`, response);
  }

  /** A list as a workbook. Takes the filters of the list's own route. */
  @Get('exports/:list.xlsx')
  @SignedIn()
  @ApiOkResponse({ content: { [XLSX]: FILE } })
  async export(
    @CurrentActor() actor: Actor,
    @Param('list') list: string,
    @Query() filters: Record<string, unknown>,
    @Res() response: Response,
    @Headers('accept-language') asked?: string,
  ): Promise<void> {
    await this.send(
      await this.exports.sheet(actor, { list, locale: readerLocale(asked, actor) }, filters),
      list,
      response,
    );
  }

  private async send(file: Readable, name: string, response: Response): Promise<void> {
    const disposition = dispositionOf('attachment', `${name}.xlsx`, this.config.drill);
    response.type(XLSX).setHeader('Content-Disposition', disposition);
    await sendFile(file, response);
  }
}
