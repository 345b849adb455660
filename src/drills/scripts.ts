import { readFileSync } from 'node:fs';
import { type DRILL_SCRIPTS, scriptedInject, type ScriptedInject } from './drills.dto.js';
import { type CourseEntry, scriptOf } from './script.rules.js';

/** The injects of a script that comes with the program. */
export function shippedScript(name: (typeof DRILL_SCRIPTS)[number]): ScriptedInject[] {
  const course = JSON.parse(readFileSync(new URL(`./scripts/${name}.json`, import.meta.url), 'utf8')) as CourseEntry[];
  return scriptOf(course).map((inject) => scriptedInject.parse(inject));
}
