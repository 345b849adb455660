import { Module } from '@nestjs/common';
import { CodesController } from './codes/codes.controller.js';
import { GtinService } from './codes/gtin.service.js';
import { ScanService } from './codes/scan.service.js';
import { ScanTargets } from './codes/scan-targets.js';
import { ReliefStockModule } from './relief-stock.module.js';

/** What keepers hold in their hands: codes, sheets and papers of what `ReliefStockModule` keeps. */
@Module({
  imports: [ReliefStockModule],
  controllers: [CodesController],
  providers: [ScanService, GtinService, ScanTargets],
  exports: [ScanTargets],
})
export class KeepingModule {}
