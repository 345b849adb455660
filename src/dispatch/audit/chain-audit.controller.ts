import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, SignedIn } from '../../access/index.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { chainFaultsQuery, type ChainFaultsQuery } from './chain-audit.dto.js';
import { ChainAuditService } from './chain-audit.service.js';

/** What the auditor of the alert chain found, and when it last looked. Nothing here can be set by hand. */
@ApiTags('alerts')
@Controller()
export class ChainAuditController {
  constructor(private readonly auditor: ChainAuditService) {}

  @Get('chain-faults')
  @SignedIn()
  async faults(@CurrentActor() actor: Actor, @Query({ schema: chainFaultsQuery }) query: ChainFaultsQuery) {
    const [before] = decodeCursor(query.cursor, ['string']) ?? [null];
    const faults = await this.auditor.faults(actor, query, { before: before as string | null, limit: query.limit + 1 });
    return toPage(faults, query.limit, (fault) => [fault.id]);
  }

  @Get('chain-audit')
  @SignedIn()
  state() {
    return this.auditor.state();
  }
}
