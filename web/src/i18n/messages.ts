import { addMessages } from './i18n.js';
import type { Messages } from './i18n.js';
import alarms from './alarms.zh-CN.json';
import drills from './drills.zh-CN.json';
import helpCalls from './help-calls.zh-CN.json';
import notes from './notes.zh-CN.json';
import people from './people.zh-CN.json';
import response from './response.zh-CN.json';
import screens from './screens.zh-CN.json';
import zh from './zh-CN.json';

type Table = { default: Messages };
/** The words of the desk besides Chinese, which is always there. */
const EN: (() => Promise<Table>)[] = [
  () => import('./en.json'),
  () => import('./alarms.en.json'),
  () => import('./drills.en.json'),
  () => import('./help-calls.en.json'),
  () => import('./notes.en.json'),
  () => import('./people.en.json'),
  () => import('./response.en.json'),
  () => import('./screens.en.json'),
];
/** Reasons of the server in its own words, which stand in where the desk has no shorter sentence for a code, what happened (`change.`) and who did it (`actor.`). */
const TAKEN = /^(reason|change|actor)\./;
const serverZh = import.meta.glob<Table>('../../../src/shared/i18n/*.zh-CN.json', { eager: true });
const serverEn = import.meta.glob<Table>('../../../src/shared/i18n/*.en.json');

const takenFrom = (tables: Table[]): Messages =>
  Object.fromEntries(tables.flatMap((table) => Object.entries(table.default)).filter(([key]) => TAKEN.test(key)));

addMessages(
  {
    ...takenFrom(Object.values(serverZh)),
    ...zh,
    ...people,
    ...helpCalls,
    ...notes,
    ...response,
    ...drills,
    ...alarms,
    ...screens,
  },
  async () => {
    const [own, server] = await Promise.all(
      [EN, Object.values(serverEn)].map((tables) => Promise.all(tables.map((load) => load()))),
    );
    return Object.assign(takenFrom(server!), ...own!.map((table) => table.default)) as Messages;
  },
);
