export { DirectorService } from './director.service.js';
export { DrillHost } from './drill-host.service.js';
export { DrillWorlds, type DrillWorld } from './drill-worlds.js';
export { DrillsModule, DrillWorldModule } from './drills.module.js';
export { DrillsService } from './drills.service.js';
export { InjectsService } from './injects.service.js';
export { DrillReportService } from './sheet/drill-report.service.js';
export { ImprovementsService } from './sheet/improvements.service.js';
export { SheetService } from './sheet/sheet.service.js';
