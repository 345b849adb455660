import zh from '../i18n/comparison.zh-CN.json';
import { addMessages, chooseLocale, locale } from '../i18n/i18n.js';

addMessages(zh, async () => (await import('../i18n/comparison.en.json')).default);
// This chunk may arrive after English was chosen: then its table must be here before the first word is drawn.
if (locale() !== 'zh-CN') await chooseLocale(locale(), false);
