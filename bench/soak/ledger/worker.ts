import { Database } from '../../../src/database/index.js';
import { prepareStatements } from '../../support/prepared.js';
import { obeyFates } from './cut.js';
import { playSequence } from './sequence.js';
import { type Ground, openGround } from './world.js';

type Message = { url: string } | { seed: number; heard: [number, string][] };

/** A process of clients: plays the sequences it is given, tells each answer as it gets it, and may be killed at any moment. */
let ground: Promise<Ground> | undefined;

async function open(url: string): Promise<Ground> {
  const db = await Database.connect({ url, poolSize: 12, embedded: false });
  prepareStatements(db);
  obeyFates(db);
  return openGround(db);
}

process.on('message', async (message: Message) => {
  if ('url' in message) {
    ground = open(message.url);
    return;
  }
  const { seed, heard } = message;
  const tell = (n: number, outcome: string) => void process.send?.({ seed, n, outcome });
  const faults = await ground!
    .then((here) => playSequence(here, seed, new Map(heard), tell))
    .catch((error: Error) => [`stopped: ${error.stack ?? error.message}`]);
  process.send?.({ seed, faults });
});
process.on('disconnect', () => process.exit(0));
