import type { Part } from './reply-clauses.rules.js';
import type { SaidHeads } from './reply-heads.rules.js';
import { NUMBER, readNumber } from './reply-numbers.rules.js';
import type { SaidTime } from './reply-times.rules.js';
import type { Token } from './reply-tokens.rules.js';

/** When they come and with how many, with the parts that say so. */
export interface Values {
  delay: { minutes: number; from: { part: Part; time: SaidTime }[] } | null;
  people: Heads | null;
}

const STAYS = /(?:待|呆|干|支援|帮)到|[点分]前(?:必须|要|得)(?:走|回|撤)/;
const SQUAD = /^(?:[一二三四五甲乙丙\dab]|第[一二三四五])(?:队|组|分队|小队|批|拨|车|船|趟)/;
/** What comes when the shift, just told of, is over. */
const AFTERWARDS = /^(?:之后|以后|完了|结束后|下班后|然后)/;
/** "Eight, not three." */
const CORRECTS = /^(?:我们?|应该|一共|总共)*是[\d一二两三四五六七八九十]+个?人?不是[\d一二两三四五六七八九十]+个?人?$/;
/** Of those who were relieved. */
const RESTS = /换下[来去]|(?:睡|歇|休息|撤下来|躺下)了$/;
/** Why it takes so long. */
const FAR = /^(?:路|路程|路途)?(?:太|有点|比较|很|也|有些)?远$|^(?:路上|路)?(?:堵|堵车|滑|难走|不好走|路滑|路堵)$/;
const TAKES = /(?:要|得|需要?|大概|估计)[\d一二两三四五六七八九十半]|[点分时]才能?到/;
/** What a part says that gives no figure of coming. */
const speaksElse = (part: Part): boolean =>
  part.asks !== null ||
  part.has('later', 'past') ||
  (part.has('deny') && !CORRECTS.test(part.clause.text)) ||
  part.tokens.some(({ kind, text }) => kind === 'reason' && !(FAR.test(text) && TAKES.test(part.clause.text))) ||
  STAYS.test(part.clause.text) ||
  (part.claims.length > 0 && part.claims.every(({ sort }) => sort === 'elsewhere') && RESTS.test(part.clause.text)) ||
  part.claims.some(({ sign, who }) => sign === 'no' || who === 'other' || who === 'you');

/** When they come and with how many, as last said; the legs of a journey add up. */
export function valuesOf(parts: Part[]): Values {
  const own = parts.filter((part) => !speaksElse(part));
  const timesOf = (said: Part[]) =>
    said.flatMap((part) => part.tokens.flatMap(({ time }) => (time ? [{ part, time }] : [])));
  const after = own.find((part) => AFTERWARDS.test(part.clause.text));
  const before = after ? parts.slice(0, parts.indexOf(after)).filter((part) => part.has('reason')) : [];
  const times = timesOf(own).length > 0 ? timesOf(own) : timesOf(before);
  const counted = own.some(({ has }) => has('people')) ? own : parts.filter((part) => own.includes(part) || OF_US.test(part.clause.text)); // prettier-ignore
  const people = counted.flatMap((part) => part.tokens.flatMap(({ people }) => (people ? [{ ...people, part }] : [])));
  const each = eachOf(parts, people);
  if (each) return { delay: delayOf(times), people: each };
  const sorts = people.filter(({ sort }) => sort);
  if (sorts.length > 1 && sorts.length === people.length && !people.some(({ total }) => total))
    return { delay: delayOf(times), people: sumOf(people) };
  const squads = people.filter(({ part }) => SQUAD.test(part.clause.text));
  if (squads.length > 1 && squads.length === people.length) return { delay: delayOf(times), people: sumOf(people) };
  return {
    delay: delayOf(times),
    people: people.find(({ total }) => total) ?? people.find(({ promises }) => promises) ?? lastOf(people),
  };
}

/** The sender's own, by their number, with what they did before. */
const OF_US = /^(?:我们|咱们?|俺们)[\d一二两三四五六七八九十]+个人?(?:刚|才|都|本来|正)/;
const SOME_OF_THEM = /其中|会|懂|是|有经验|有证|新手|老手|当过/;
/** The number as last told; a smaller sort behind the whole ("twelve, three of them women") is part of it. */
function lastOf(people: Heads[]): Heads | null {
  const last = people.at(-1);
  const partly =
    last &&
    (last.sort || isOneTask(last.part) || SOME_OF_THEM.test(last.part.clause.text)) &&
    !last.part.has('back', 'self', 'move');
  const whole = partly ? people.find(({ sort, count }) => !sort && count > last.count) : undefined;
  return whole ?? last ?? null;
}

/** "Diving two people". */
const OF_A_TASK: Token['kind'][] = ['task', 'gear', 'thing', 'people', 'sign'];
const isOneTask = ({ tokens }: Part): boolean =>
  tokens[0]!.kind === 'task' && tokens.every(({ kind }) => OF_A_TASK.includes(kind));

type Heads = SaidHeads & { part: Part };

const SQUADS_OF = new RegExp(
  `(?:^|[^第\\d])(${NUMBER})(?:个)?(?:小组|小队|分队|班组|组|班|队|辆车|台车|车|条船|条艇)$`,
  'u',
);
const EACH = /^(?:每|一)个?(?:小组|小队|分队|班组|组|班|队|车|船|艇)/;
/** "Two squads, each of seven." */
function eachOf(parts: Part[], people: Heads[]): Heads | null {
  const each = people.find(({ part }) => EACH.test(part.clause.text));
  const before = each && parts[parts.indexOf(each.part) - 1];
  const squads = before && readNumber(SQUADS_OF.exec(before.clause.text)?.[1] ?? '');
  return each && squads && squads.low > 1 ? { ...each, count: each.count * squads.low } : null;
}

/** All sorts together; the first one is the whole where the others make it up. */
const sumOf = (people: Heads[]): Heads => {
  const sum = people.reduce((total, { count }) => total + count, 0);
  return people.length > 2 && sum === 2 * people[0]!.count ? people[0]! : { ...people.at(-1)!, count: sum };
};

function delayOf(told: { part: Part; time: SaidTime }[]): Values['delay'] {
  if (told.length === 0) return null;
  const leave = told.filter(({ time }) => time.leg === 'leave');
  const road = told.filter(({ time }) => time.leg === 'road');
  if (leave.length > 0 && road.length > 0 && leave.length + road.length === told.length) {
    const from = [leave.at(-1)!, road.at(-1)!];
    return { minutes: from.reduce((sum, { time }) => sum + time.minutes, 0), from };
  }
  const last = (told.filter(({ time }) => time.leg === null).at(-1) ?? told.at(-1))!;
  return { minutes: last.time.minutes, from: [last] };
}
