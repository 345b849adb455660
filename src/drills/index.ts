export { DirectorService } from './director.service.js';
export { DrillHost } from './drill-host.service.js';
export { DrillWorlds, type DrillWorld } from './drill-worlds.js';
export { DrillsModule, DrillWorldModule } from './drills.module.js';
export { DrillsService } from './drills.service.js';
export { InjectsService } from './injects.service.js';
