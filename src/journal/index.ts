export { JournalFeed } from './journal-feed.js';
export { JournalModule } from './journal.module.js';
export {
  headSeq, incidentChanges, latestChanges, recordChange, recordChanges, recordLines, sealerLagMs, visibleChangesAfter, type Change, type RecordedActor,
  type RecordLine, type SealedChange,
} from './journal.store.js'; // prettier-ignore
export { GENESIS, verifyLine, verifyRecord } from './verify.rules.js';
