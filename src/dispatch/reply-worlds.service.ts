import { Injectable, Logger } from '@nestjs/common';
import { ANSWER_EXPECTED_MS, drillHasReply, drillNamed, drillReply, giveToDrill, type InboundReply, replyOfProvider, runsOfNumber } from '../alerts/index.js'; // prettier-ignore
import { Database, inTransaction, read, type Tx } from '../database/index.js';
import { Clock } from '../shared/clock.js';
import { isOutByPhone } from './assignment.store.js';
import { type DrillTexts, type OurClaim, worldOfWords } from './reply-worlds.rules.js';

/** The drills beside reality, as far as words from outside are concerned. */
export interface DrillsBeside {
  /** The drills that wrote to a number, or may have, in the hours in which an answer is expected. */
  wroteTo(phone: string): Promise<DrillTexts[]>;
  /** Gives the words to a running drill, which takes each message once; fails when it does not have them for certain. */
  give(number: number, message: InboundReply): Promise<void>;
}

/**
 * Finds the world of a text message before anybody reads it: reality or one of its drills. A drill's words move nothing in reality, and
 * what may be meant for reality stays there for a person. In a drill there is nothing to find: it has no drills.
 */
@Injectable()
export class ReplyWorlds {
  private readonly log = new Logger('replies');
  private drills: DrillsBeside | undefined;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  askDrills(drills: DrillsBeside): void {
    this.drills = drills;
  }

  /** `given`: a drill has the words. Else they are ours; `drill-too`: for a person, because a drill may be meant. */
  async wayOf(message: InboundReply): Promise<'given' | 'ours' | 'drill-too'> {
    if (!this.drills) return 'ours';
    const drills = await this.drills.wroteTo(message.phone);
    const now = this.clock.now();
    const before = await read(this.db, async (tx) => ({
      kept: (await replyOfProvider(tx, message.providerId)) !== undefined,
      given: await drillReply(tx, message.providerId),
      ours: await claimOf(tx, message.phone, new Date(now.getTime() - ANSWER_EXPECTED_MS)),
    }));
    if (before.kept) return 'ours';
    if (before.given?.taken) return 'given';
    const { given, ours } = before;
    const found = given ?? worldOfWords({ named: drillNamed(message.words), sentAt: message.sentAt }, { drills, ours });
    if (found.drill !== null) return (await this.give(found.drill, message)) ? 'given' : 'drill-too';
    return found.drillToo ? 'drill-too' : 'ours';
  }

  /** A drill that cannot take them holds up nobody's words: they stay in reality, for a person. */
  private async give(drill: number, message: InboundReply): Promise<boolean> {
    const { providerId } = message;
    await inTransaction(this.db, (tx) => giveToDrill(tx, { providerId, drill, now: this.clock.now() }));
    try {
      await this.drills!.give(drill, message);
    } catch (error) {
      this.log.warn(`drill ${drill} did not take a reply, which goes to the desk: ${String(error)}`);
      return false;
    }
    await inTransaction(this.db, (tx) => drillHasReply(tx, providerId, this.clock.now()));
    return true;
  }
}

async function claimOf(tx: Tx, phone: string, since: Date): Promise<OurClaim> {
  const [newest] = await runsOfNumber(tx, phone, since);
  return { askedAt: newest?.raisedAt ?? null, out: await isOutByPhone(tx, phone) };
}
