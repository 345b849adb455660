export { DutyModule } from './duty.module.js';
export { DutyRosterService } from './roster.service.js';
export { RosterWatchService } from './watch.service.js';
export { closeCause, noteCause } from './notice.service.js';
export { openDutyNoticeRows } from './notice.store.js';
export { nextShift, onDutyAt, peopleOfDesk, runningShift, shiftsOf } from './roster.store.js';
