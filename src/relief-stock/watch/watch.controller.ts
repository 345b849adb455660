import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import { CapacityService } from './capacity.service.js';
import { NoticeService } from './notice.service.js';
import { PolicyService } from './policy.service.js';
import * as dto from './watch.dto.js';

@ApiTags('stock')
@Controller('stock')
export class WatchController {
  constructor(
    private readonly policy: PolicyService,
    private readonly notice: NoticeService,
    private readonly capacity: CapacityService,
  ) {}

  @Get('policies')
  @SignedIn()
  policies(@CurrentActor() actor: Actor, @Query({ schema: dto.policiesQuery }) query: dto.PoliciesQuery) {
    return this.policy.policies(actor, query);
  }

  @Put('policies/:warehouseId/:itemId')
  @MayDo('stock.policy')
  setPolicy(
    @CurrentActor() actor: Actor,
    @Param('warehouseId', { schema: id }) warehouseId: string,
    @Param('itemId', { schema: id }) itemId: string,
    @Body({ schema: dto.setPolicy }) body: dto.SetPolicy,
  ) {
    return this.policy.setPolicy(actor, { warehouseId, itemId }, body);
  }

  @Get('notices')
  @SignedIn()
  notices(@CurrentActor() actor: Actor, @Query({ schema: dto.noticesQuery }) query: dto.NoticesQuery) {
    return this.notice.notices(actor, query);
  }

  @Post('notices/:id/acknowledge')
  @MayDo('stock.check')
  @HttpCode(200)
  acknowledge(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) noticeId: string,
    @Body({ schema: dto.acknowledgeNotice }) body: dto.AcknowledgeNotice,
  ) {
    return this.notice.acknowledge(actor, noticeId, body);
  }

  @Get('capacity')
  @SignedIn()
  left(@CurrentActor() actor: Actor, @Query({ schema: dto.capacityQuery }) query: dto.CapacityQuery) {
    return this.capacity.capacity(actor, query);
  }

  @Get('capacity-calls')
  @SignedIn()
  calls(@CurrentActor() actor: Actor, @Query({ schema: dto.callsQuery }) query: dto.CallsQuery) {
    return this.capacity.calls(actor, query);
  }

  @Post('capacity-calls')
  @MayDo('stock.order')
  call(@CurrentActor() actor: Actor, @Body({ schema: dto.callCapacity }) body: dto.CallCapacity) {
    return this.capacity.callCapacity(actor, body);
  }

  @Post('capacity-calls/:id/receive')
  @MayDo('stock.receive')
  @HttpCode(200)
  receive(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) callId: string,
    @Body({ schema: dto.settleCall }) body: dto.SettleCall,
  ) {
    return this.capacity.settleCall(actor, callId, body);
  }

  @Post('capacity-calls/:id/cancel')
  @MayDo('stock.order')
  @HttpCode(200)
  cancel(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) callId: string,
    @Body({ schema: dto.cancelCall }) body: dto.CancelCall,
  ) {
    return this.capacity.cancelCall(actor, callId, body);
  }
}
