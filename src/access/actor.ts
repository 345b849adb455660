import type { Tx } from '../database/index.js';
import type { RecordedActor } from '../journal/index.js';
import type { ActorGrant } from './scope.rules.js';

/** Who asks. Built from the session for each request; `command` is there when the request named an idempotency key. */
export interface Actor extends RecordedActor {
  userId: string;
  account: string;
  name: string;
  locale: 'zh-CN' | 'en';
  sessionId: string;
  sessionEndsAt: Date;
  grants: ActorGrant[];
  keys: string[];
  command?: Command;
}

/** hadEffect: called in the transaction of the command, with its answer, when it had its effect and not when it is told again. */
export interface Command {
  key: string;
  fingerprint: Buffer;
  hadEffect?: (tx: Tx, answer: object) => Promise<void>;
}

/** Who a job acts for in the record: no person, no rights of its own. */
export const systemActor = (name: string): RecordedActor => ({ userId: null, name });
