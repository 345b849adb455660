import { addMessages } from '../../i18n/i18n.js';
import wall from '../../i18n/wall.zh-CN.json';
import zh from '../../i18n/zh-CN.json';

/** The desk's words for kinds, grades, states and changes, so that a wall and a desk never say one thing in two ways; and a few of its own. */
addMessages({ ...zh, ...wall }, async () => {
  const [desk, own] = await Promise.all([import('../../i18n/en.json'), import('../../i18n/wall.en.json')]);
  return { ...desk.default, ...own.default };
});
