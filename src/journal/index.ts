export { JournalFeed } from './journal-feed.js';
export { JournalModule } from './journal.module.js';
export {
  bodyFor, firstLineAt, headHash, headSeq, incidentChanges, latestChanges, lineHashes, newestLine, recordChange, recordChanges, recordLines, sealerLagMs, searchRecord, visibleChangesAfter, type Change, type FedChange,
  type RecordedActor, type RecordLine, type RecordWanted, type SealedChange,
} from './journal.store.js'; // prettier-ignore
export { GENESIS, verifyLine, verifyRecord } from './verify.rules.js';
