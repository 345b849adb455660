import { Module } from '@nestjs/common';
import { AlarmsModule } from '../alarms/index.js';
import { ComparisonModule } from '../comparison/index.js';
import { KeepingModule } from '../relief-stock/index.js';
import { ReportFilesService } from './report-files.service.js';
import { ReportsController } from './reports.controller.js';
import { ReportsService } from './reports.service.js';

@Module({
  imports: [AlarmsModule, ComparisonModule, KeepingModule],
  controllers: [ReportsController],
  providers: [ReportsService, ReportFilesService],
})
export class ReportsModule {}
