export { Database, inSnapshot, inTransaction, read, sqlState, violatedConstraint, type Tx } from './database.js';
export { DatabaseModule, DatabaseServer } from './database.module.js';
export { nextNumber } from './numbers.store.js';
export { Listener } from './listener.js';
export { warmDatabase } from './warm.js';
