import { Database } from '../../../src/database/index.js';
import { obeyFates } from './cut.js';
import { playSequence } from './sequence.js';
import { openGround } from './world.js';

/** A process of clients: plays the sequences it is given, tells each answer as it gets it, and may be killed at any moment. */
const db = await Database.connect({ url: process.env.SOAK_DATABASE_URL!, poolSize: 12, embedded: false });
obeyFates(db);
const ground = await openGround(db);

process.on('message', ({ seed, heard }: { seed: number; heard: [number, string][] }) => {
  const tell = (n: number, outcome: string) => void process.send?.({ seed, n, outcome });
  playSequence(ground, seed, new Map(heard), tell)
    .catch((error: Error) => [`stopped: ${error.stack ?? error.message}`])
    .then((faults) => process.send?.({ seed, faults }));
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
