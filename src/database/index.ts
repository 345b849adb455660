export {
  Database,
  inSnapshot,
  inTransaction,
  read,
  sqlState,
  violatedConstraint,
  type SnapshotTx,
  type Tx,
} from './database.js';
export { beginClock, type ClockFace, clockFace, drillTime, setClockFace } from './drill-schema.js';
export { DrillClock, openClock } from './drill-clock.js';
export { DatabaseClock } from './database-clock.js';
export { FollowingClock } from './following-clock.js';
export { turnedBackMs } from './following-clock.rules.js';
export { DatabaseModule, DatabaseServer } from './database.module.js';
export { saveSeenClock, seenClock } from './clock-seen.store.js';
export { nextNumber } from './numbers.store.js';
export { Listener } from './listener.js';
export { warmDatabase } from './warm.js';
