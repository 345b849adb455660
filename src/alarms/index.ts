export { AlarmHealthService } from './alarm-health.service.js';
export { AlarmsModule } from './alarms.module.js';
export { AlarmsService } from './alarms.service.js';
export { openAlarmRows } from './alarms.store.js';
export { AlarmWatchService } from './alarm-watch.service.js';
