export { ClocksService } from './clocks.service.js';
export { SettingsModule } from './settings.module.js';
export { clockSettingRows } from './settings.store.js';
