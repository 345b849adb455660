import { Body, Controller, Get, Headers, HttpCode, Param, Post, Put, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { readerLocale } from '../../relief-stock/index.js';
import { dispositionOf, sendFile } from '../../shared/download.js';
import { id } from '../../shared/fields.dto.js';
import { DrillReportService } from './drill-report.service.js';
import { ImprovementsService } from './improvements.service.js';
import * as dto from './sheet.dto.js';
import { SheetService } from './sheet.service.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const FILE = { schema: { type: 'string' as const, format: 'binary' } };
/** A link cannot ask by a header: `locale` in the address comes first. */
const reportQuery = z.object({ locale: z.enum(['zh-CN', 'en']).optional() });
type ReportQuery = z.infer<typeof reportQuery>;

/** The evaluators' sheet of a drill and its report, in reality. */
@ApiTags('drills')
@Controller('drills/:id')
export class SheetController {
  constructor(
    private readonly sheets: SheetService,
    private readonly improvements: ImprovementsService,
    private readonly reports: DrillReportService,
  ) {}

  @Get('sheet')
  @SignedIn()
  read(@CurrentActor() actor: Actor, @Param('id', { schema: id }) drillId: string) {
    return this.sheets.sheet(actor, drillId);
  }

  @Post('sheet/judgements')
  @MayDo('drill.run')
  judge(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) drillId: string,
    @Body({ schema: dto.judgeItem }) body: dto.JudgeItem,
  ) {
    return this.sheets.judgeItem(actor, drillId, body);
  }

  @Post('sheet/items')
  @MayDo('drill.run')
  addItem(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) drillId: string,
    @Body({ schema: dto.addItem }) body: dto.AddItem,
  ) {
    return this.sheets.addItem(actor, drillId, body);
  }

  @Post('sheet/items/:item/leave-out')
  @MayDo('drill.run')
  @HttpCode(200)
  leaveOut(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) drillId: string,
    @Param('item', { schema: dto.itemKey }) item: string,
  ) {
    return this.sheets.leaveOutItem(actor, drillId, item);
  }

  @Post('sheet/items/:item/take-back')
  @MayDo('drill.run')
  @HttpCode(200)
  takeBack(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) drillId: string,
    @Param('item', { schema: dto.itemKey }) item: string,
  ) {
    return this.sheets.takeBackItem(actor, drillId, item);
  }

  @Put('sheet/remarks')
  @MayDo('drill.run')
  remark(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) drillId: string,
    @Body({ schema: dto.writeRemarks }) body: dto.WriteRemarks,
  ) {
    return this.sheets.writeRemarks(actor, drillId, body);
  }

  @Post('sheet/improvements')
  @MayDo('drill.run')
  addImprovement(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) drillId: string,
    @Body({ schema: dto.addImprovement }) body: dto.AddImprovement,
  ) {
    return this.improvements.addImprovement(actor, drillId, body);
  }

  @Put('sheet/improvements/:improvement')
  @MayDo('drill.run')
  revise(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) drillId: string,
    @Param('improvement', { schema: id }) improvement: string,
    @Body({ schema: dto.reviseImprovement }) body: dto.ReviseImprovement,
  ) {
    return this.improvements.reviseImprovement(actor, drillId, improvement, body);
  }

  @Post('sheet/improvements/:improvement/finish')
  @MayDo('drill.run')
  @HttpCode(200)
  finish(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) drillId: string,
    @Param('improvement', { schema: id }) improvement: string,
    @Body({ schema: dto.finishImprovement }) body: dto.FinishImprovement,
  ) {
    return this.improvements.finishImprovement(actor, drillId, improvement, body);
  }

  @Post('sheet/improvements/:improvement/reopen')
  @MayDo('drill.run')
  @HttpCode(200)
  reopen(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) drillId: string,
    @Param('improvement', { schema: id }) improvement: string,
    @Body({ schema: dto.reopenImprovement }) body: dto.ReopenImprovement,
  ) {
    return this.improvements.reopenImprovement(actor, drillId, improvement, body);
  }

  /** Score, sheet and improvements as a workbook. */
  @Get('report.xlsx')
  @MayDo('drill.run')
  @ApiOkResponse({ content: { [XLSX]: FILE } })
  async workbook(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) drillId: string,
    @Query({ schema: reportQuery }) { locale }: ReportQuery,
    @Res() response: Response,
    @Headers('accept-language') asked?: string,
  ): Promise<void> {
    const { number, file } = await this.reports.workbook(actor, drillId, readerLocale(locale ?? asked, actor));
    response.type(XLSX).setHeader('Content-Disposition', dispositionOf('attachment', 'report.xlsx', { number }));
    await sendFile(file, response);
  }

  /** Score, sheet and improvements on paper. */
  @Get('report.pdf')
  @MayDo('drill.run')
  @ApiOkResponse({ content: { 'application/pdf': FILE } })
  async paper(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) drillId: string,
    @Query({ schema: reportQuery }) { locale }: ReportQuery,
    @Headers('accept-language') asked?: string,
  ): Promise<StreamableFile> {
    const { number, bytes } = await this.reports.paper(actor, drillId, readerLocale(locale ?? asked, actor));
    const disposition = dispositionOf('inline', 'report.pdf', { number });
    return new StreamableFile(bytes, { disposition, type: 'application/pdf' });
  }
}
