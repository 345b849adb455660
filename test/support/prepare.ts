import { testDatabase } from './database.js';

// Builds what every suite clones, once and before them: two workers that build it side by side outlast the first hook of a slow machine.
const database = await testDatabase();
await database.drop();
process.exit(0);
