import { Module } from '@nestjs/common';
import { DispatchModule } from '../dispatch/index.js';
import { DutyModule } from '../duty/index.js';
import { IncidentsModule } from '../incidents/index.js';
import { ReliefStockModule } from '../relief-stock/index.js';
import { DemoController } from './demo.controller.js';
import { DemoDonation } from './donation.service.js';
import { DemoDuty } from './duty.service.js';
import { DemoPapers } from './papers.service.js';
import { DemoOrder } from './order.service.js';
import { DemoService } from './demo.service.js';

@Module({
  imports: [IncidentsModule, ReliefStockModule, DispatchModule, DutyModule],
  controllers: [DemoController],
  providers: [DemoService, DemoPapers, DemoDonation, DemoDuty, DemoOrder],
})
export class DemoModule {}
