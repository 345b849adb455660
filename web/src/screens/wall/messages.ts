import { addMessages } from '../../i18n/i18n.js';
import wall from '../../i18n/wall.zh-CN.json';
import zh from '../../i18n/zh-CN.json';
import record from '../../../../src/shared/i18n/journal.zh-CN.json';

/** The desk's words for kinds, grades and states and the record's for changes, so that a wall and a desk never say one thing in two ways. */
addMessages({ ...record, ...zh, ...wall }, async () => {
  const [changes, desk, own] = await Promise.all([
    import('../../../../src/shared/i18n/journal.en.json'),
    import('../../i18n/en.json'),
    import('../../i18n/wall.en.json'),
  ]);
  return { ...changes.default, ...desk.default, ...own.default };
});
