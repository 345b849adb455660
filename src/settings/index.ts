export { USUAL_LIMITS } from './clock-limits.rules.js';
export { ClocksService } from './clocks.service.js';
export { SettingsModule } from './settings.module.js';
export { clockSettingRows } from './settings.store.js';
