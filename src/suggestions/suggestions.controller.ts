import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../access/index.js';
import { id } from '../shared/fields.dto.js';
import { SuggestionService } from './suggestion.service.js';
import {
  type AcceptSuggestion, acceptSuggestion, type AskSuggestion, askSuggestion, type RejectSuggestion, rejectSuggestion,
  type SuggestionsQuery, suggestionsQuery,
} from './suggestions.dto.js'; // prettier-ignore

@ApiTags('suggestions')
@Controller()
export class SuggestionsController {
  constructor(private readonly service: SuggestionService) {}

  @Post('incidents/:id/suggestions')
  @MayDo('suggestion.decide')
  @HttpCode(202)
  ask(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Body({ schema: askSuggestion }) body: AskSuggestion,
  ) {
    return this.service.ask(actor, incidentId, body);
  }

  @Get('incidents/:id/suggestions')
  @SignedIn()
  suggestions(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Query({ schema: suggestionsQuery }) query: SuggestionsQuery,
  ) {
    return this.service.suggestions(actor, incidentId, query);
  }

  @Get('suggestions/:id')
  @SignedIn()
  suggestion(@CurrentActor() actor: Actor, @Param('id', { schema: id }) suggestionId: string) {
    return this.service.suggestion(actor, suggestionId);
  }

  @Post('suggestions/:id/accept')
  @MayDo('suggestion.decide')
  @HttpCode(200)
  accept(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) suggestionId: string,
    @Body({ schema: acceptSuggestion }) body: AcceptSuggestion,
  ) {
    return this.service.accept(actor, suggestionId, body);
  }

  @Post('suggestions/:id/reject')
  @MayDo('suggestion.decide')
  @HttpCode(200)
  reject(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) suggestionId: string,
    @Body({ schema: rejectSuggestion }) body: RejectSuggestion,
  ) {
    return this.service.reject(actor, suggestionId, body);
  }
}
