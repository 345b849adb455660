import { addMessages } from '../../i18n/i18n.js';
import zh from '../../i18n/phone.zh-CN.json';

/** The phone carries only its own sentences: the table of the desk would outweigh the page. */
addMessages(zh, async () => (await import('../../i18n/phone.en.json')).default);
