import { addMessages } from './i18n.js';
import zh from './zh-CN.json';

addMessages(zh, async () => (await import('./en.json')).default);
