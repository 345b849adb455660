import { addMessages, chooseLocale, locale } from '../i18n/i18n.js';
import zh from '../i18n/together.zh-CN.json';

addMessages(zh, async () => (await import('../i18n/together.en.json')).default);
// This chunk may arrive after English was chosen: then its table must be here before the first word is drawn.
if (locale() !== 'zh-CN') await chooseLocale(locale(), false);
