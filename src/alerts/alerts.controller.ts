import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, Anyone, CurrentActor, SignedIn } from '../access/index.js';
import { id } from '../shared/fields.dto.js';
import { decodeCursor, toPage } from '../shared/paging.js';
import { alertsQuery, type AlertsQuery, linkToken } from './alerts.dto.js';
import { AlertsService } from './alerts.service.js';

/** Answers are given in dispatch/, because they move assignments; this is what can be read, and how far a message got. */
@ApiTags('alerts')
@Controller()
export class AlertsController {
  constructor(private readonly alerts: AlertsService) {}

  @Get('alerts')
  @SignedIn()
  async list(@CurrentActor() actor: Actor, @Query({ schema: alertsQuery }) query: AlertsQuery) {
    const [before] = decodeCursor(query.cursor, ['string']) ?? [null];
    const alerts = await this.alerts.alerts(actor, query, { before: before as string | null, limit: query.limit + 1 });
    return toPage(alerts, query.limit, (alert) => [alert.id]);
  }

  @Post('alerts/:id/displayed')
  @SignedIn()
  @HttpCode(200)
  noteDisplayed(@CurrentActor() actor: Actor, @Param('id', { schema: id }) alertId: string) {
    return this.alerts.noteDisplayed(actor, alertId);
  }

  @Get('alert-links/:token')
  @Anyone()
  linked(@Param('token', { schema: linkToken }) token: string) {
    return this.alerts.linked(token);
  }

  @Post('alert-links/:token/opened')
  @Anyone()
  @HttpCode(200)
  openLink(@Param('token', { schema: linkToken }) token: string) {
    return this.alerts.openLink(token);
  }
}
