import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../access/index.js';
import {
  enterReply, type EnterReply, readReply, type ReadReply, repliesQuery, type RepliesQuery, setReplyAside, type SetReplyAside,
} from '../alerts/replies.dto.js'; // prettier-ignore
import { id } from '../shared/fields.dto.js';
import { decodeCursor, toPage } from '../shared/paging.js';
import { ReplyDeskService } from './reply-desk.service.js';

/** Free text of those who were told. Messages from outside come by the inbox, not by HTTP. */
@ApiTags('alerts')
@Controller()
export class ReplyController {
  constructor(private readonly desk: ReplyDeskService) {}

  @Get('alert-replies')
  @SignedIn()
  async replies(@CurrentActor() actor: Actor, @Query({ schema: repliesQuery }) query: RepliesQuery) {
    const [before] = decodeCursor(query.cursor, ['string']) ?? [null];
    const replies = await this.desk.replies(actor, query, { before: before as string | null, limit: query.limit + 1 });
    return toPage(replies, query.limit, (reply) => [reply.id]);
  }

  @Post('alerts/:id/replies')
  @MayDo('alert.answer-for')
  enter(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) alertId: string,
    @Body({ schema: enterReply }) body: EnterReply,
  ) {
    return this.desk.enterReply(actor, alertId, body);
  }

  @Post('alert-replies/:id/read')
  @MayDo('alert.answer-for')
  @HttpCode(200)
  read(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) replyId: string,
    @Body({ schema: readReply }) body: ReadReply,
  ) {
    return this.desk.readReply(actor, replyId, body);
  }

  @Post('alert-replies/:id/set-aside')
  @MayDo('alert.answer-for')
  @HttpCode(200)
  setAside(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) replyId: string,
    @Body({ schema: setReplyAside }) body: SetReplyAside,
  ) {
    return this.desk.setReplyAside(actor, replyId, body);
  }
}
