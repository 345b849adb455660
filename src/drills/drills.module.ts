import { Module } from '@nestjs/common';
import { DispatchModule } from '../dispatch/index.js';
import { IncidentsModule } from '../incidents/index.js';
import { KeepingModule, ReliefStockModule } from '../relief-stock/index.js';
import { DirectorService } from './director.service.js';
import { DrillHost } from './drill-host.service.js';
import { DrillMaker } from './drill-maker.js';
import { DrillWorlds } from './drill-worlds.js';
import { DrillsController } from './drills.controller.js';
import { DrillRepliesService } from './drill-replies.service.js';
import { DrillTextsService } from './drill-texts.service.js';
import { DrillsService } from './drills.service.js';
import { InjectsService } from './injects.service.js';
import { DrillReportService } from './sheet/drill-report.service.js';
import { ImprovementsService } from './sheet/improvements.service.js';
import { SheetController } from './sheet/sheet.controller.js';
import { SheetService } from './sheet/sheet.service.js';

/** What reality knows of drills: the register, and the worlds that this process has open. */
@Module({
  imports: [DispatchModule, KeepingModule],
  controllers: [DrillsController, SheetController],
  providers: [
    DrillsService,
    DrillHost,
    DrillMaker,
    DrillWorlds,
    DrillRepliesService,
    SheetService,
    ImprovementsService,
    DrillReportService,
  ],
  exports: [DrillHost, DrillWorlds],
})
export class DrillsModule {}

/** What a drill has beside everything else: its script and its director. In its place there are no drills: a drill has none. */
@Module({
  imports: [DispatchModule, IncidentsModule, ReliefStockModule],
  providers: [DirectorService, DrillTextsService, InjectsService],
  exports: [DirectorService, DrillTextsService, InjectsService],
})
export class DrillWorldModule {}
