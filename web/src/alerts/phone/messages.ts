import { addMessages } from '../../i18n/i18n.js';
import type { Messages } from '../../i18n/i18n.js';
import zh from '../../i18n/phone.zh-CN.json';

/** `phone/session.expired` is how the phone says `session.expired`: parts shared with the desk find their sentences under their own keys. */
const asSpokenHere = (table: Messages): Messages =>
  Object.fromEntries(Object.entries(table).map(([key, words]) => [key.replace(/^phone\//, ''), words]));

/** The phone carries only its own sentences: the table of the desk would outweigh the page. */
addMessages(asSpokenHere(zh), async () => asSpokenHere((await import('../../i18n/phone.en.json')).default));
