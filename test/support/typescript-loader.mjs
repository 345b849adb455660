// For threads that tests start from src/: reads `./x.js` from `./x.ts` through SWC, as Jest does for the tests themselves.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
