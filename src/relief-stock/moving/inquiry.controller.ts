import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import {
  type ExplainInquiry, explainInquiry, type InquiriesQuery, inquiriesQuery, type InquiryStep, inquiryStep, type InquiryWord, inquiryWord,
} from './inquiry.dto.js'; // prettier-ignore
import { InquiryService } from './inquiry.service.js';

@ApiTags('stock')
@Controller('stock/inquiries')
export class InquiryController {
  constructor(private readonly inquiries: InquiryService) {}

  @Get()
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Query({ schema: inquiriesQuery }) query: InquiriesQuery) {
    return this.inquiries.inquiries(actor, query);
  }

  @Get(':id')
  @SignedIn()
  one(@CurrentActor() actor: Actor, @Param('id', { schema: id }) inquiryId: string) {
    return this.inquiries.inquiry(actor, inquiryId);
  }

  @Post(':id/explain')
  @MayDo('supply.keep')
  @HttpCode(200)
  explain(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) inquiryId: string,
    @Body({ schema: explainInquiry }) body: ExplainInquiry,
  ) {
    return this.inquiries.explain(actor, inquiryId, body);
  }

  @Post(':id/propose-write-off')
  @MayDo('stock.adjust')
  @HttpCode(200)
  proposeWriteOff(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) inquiryId: string,
    @Body({ schema: inquiryWord }) body: InquiryWord,
  ) {
    return this.inquiries.proposeWriteOff(actor, inquiryId, body);
  }

  @Post(':id/reject-write-off')
  @MayDo('stock.adjust-approve')
  @HttpCode(200)
  rejectWriteOff(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) inquiryId: string,
    @Body({ schema: inquiryWord }) body: InquiryWord,
  ) {
    return this.inquiries.rejectWriteOff(actor, inquiryId, body);
  }

  @Post(':id/approve-write-off')
  @MayDo('stock.adjust-approve')
  @HttpCode(200)
  approveWriteOff(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) inquiryId: string,
    @Body({ schema: inquiryStep }) body: InquiryStep,
  ) {
    return this.inquiries.approveWriteOff(actor, inquiryId, body);
  }
}
