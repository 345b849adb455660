import { NUMBER, NUMBERS, readNumber } from './reply-numbers.rules.js';

/** A time that a clause speaks of, in minutes from now, with its place in the clause. */
export interface SaidTime {
  minutes: number;
  at: number;
  end: number;
  kind: 'span' | 'clock';
  /** A leg of a journey (leave in, then so long on the road) adds up; anything else stands for itself. */
  leg: 'leave' | 'road' | null;
}

const DAY_MIN = 24 * 60;
/** China keeps one time, eight hours ahead, without summer time. */
const CHINA_AHEAD_MIN = 8 * 60;
/** Two days: what a call for help can wait for; as long as the answer of a console may be. */
const LONGEST_MIN = 2 * DAY_MIN;

const HOUR = /(?:个)?[来多]?(?:小时|钟头|钟(?![后前])|hours?|hrs?|h(?![a-z]))/.source;
const MINUTE = /(?:分钟|分(?![队之工批开头享])|mins?|minutes?|m(?![a-z]))/.source;
const MORE = /(?:来|多|几)?/.source;
const OF_A_SPAN = new RegExp(
  [
    `(?<oneHalf>(?<![\\p{Script=Han}\\d])个半(?:小时|钟头|钟))`,
    `(?<half>半(?:个|拉)?多?(?:小时|钟头|钟|h(?![a-z]))|半个?点儿?(?!钟)|(?<![\\d一二两三四五六七八九十点])半点钟)`,
    `(?<some>个把(?:小时|钟头))`,
    `(?<hours>${NUMBERS})${MORE}(?<midHalf>个半)?${HOUR}(?<endHalf>半)?(?:零|又)?(?:(?<extraQuarters>${NUMBER})刻钟?|(?<minutes>${NUMBER})(?:分钟|分|mins?|m)?)?`,
    `(?<quarters>${NUMBER})刻钟`,
    `(?<onlyMinutes>${NUMBERS})${MORE}${MINUTE}`,
    `(?<bareHours>${NUMBER})个半(?=吧|左右|差不多|多吧|$)`,
    `(?<days>${NUMBER})天(?=[后以之])`,
  ].join('|'),
  'gu',
);

const PAST = /^[以之]?前(?:就|已|刚)?(?:经)?(?:出发|走|动身|到了|就|已|开|刚|才|还|报|说|回|吃|喝|做|出|打|收|看)/;
const STAY = /(?:待|呆|停留|坚持|服务|能干|可以干|值守|提前|提早|每|(?<!迟|晚)早到|早)了?$/;
const LATER_WORD =
  /^[以之]?[后内]?(?:再)?(?:给|跟|向|回你|回您|回复|答复|告诉|通知|联系|回电|回话|确认|再说|再看|再定|再议|报告|汇报|定)/;
const LEAVE = /^[^,]{0,4}(?:出发|动身|走|启程|出门|能走|上路)/;
/** What comes before they set out. */
const BEFORE =
  /(?:集结|集合|准备|备[车船]|装[车船货]|上货|收拾|召集|拿装备|取装备|热车|叫人|换衣服|穿衣服|整理)[^,\d]{0,4}$/;
const ROAD = /(?:路上|路程|车程|开车|过来|过去|赶过去|赶过来|路途|再开|骑车|步行|走路)[^\d]{0,6}$/;

/** Asked first: without a unit there is no span. */
const UNIT = /[时钟分刻半天hm]/;

/** The spans of time in a clause ("in two hours", "forty minutes on the road"); of two ends the later one. */
export function spansOf(clause: string): SaidTime[] {
  const found: SaidTime[] = [];
  if (!UNIT.test(clause)) return found;
  for (const match of clause.matchAll(OF_A_SPAN)) {
    const at = match.index;
    const end = at + match[0].length;
    const [before, after] = [clause.slice(0, at), clause.slice(end)];
    if (
      /[几第]$/.test(before) ||
      PAST.test(after) ||
      /^[多]?了$/.test(after) ||
      STAY.test(before) ||
      LATER_WORD.test(after)
    )
      continue;
    const minutes = spanMinutes(match.groups!);
    if (minutes === null || minutes > LONGEST_MIN) continue;
    const leg = LEAVE.test(after) || BEFORE.test(before) ? 'leave' : ROAD.test(before) ? 'road' : null;
    found.push({ minutes, at, end, kind: 'span', leg });
  }
  return found;
}

function spanMinutes(part: Record<string, string | undefined>): number | null {
  const value = (words: string | undefined) => (words ? (readNumber(words)?.high ?? null) : 0);
  if (part.oneHalf) return 90;
  if (part.half) return 30;
  if (part.some) return 60;
  if (part.quarters) return times(value(part.quarters), 15);
  if (part.bareHours) return times(value(part.bareHours), 60)! + 30;
  if (part.days) return times(value(part.days), DAY_MIN);
  if (part.onlyMinutes) return value(part.onlyMinutes);
  const hours = value(part.hours);
  if (hours === null) return null;
  const half = part.midHalf || part.endHalf ? 30 : 0;
  return Math.round(hours * 60) + half + (value(part.minutes) ?? 0) + (value(part.extraQuarters) ?? 0) * 15;
}
const times = (value: number | null, by: number) => (value === null ? null : value * by);

const DAY = /今天|今日|今晚|今早|明天|明日|明早|明晚|次日|后天/.source;
const PART = /凌晨|清晨|一早|早上|早晨|上午|中午|午后|下午|傍晚|晚上|夜里|夜间|半夜|[早晚](?=[\d二两三四五六七八九十])/
  .source;
const CLOCK = new RegExp(
  `(?<day>${DAY})?的?(?<part>${PART})?(?:差(?:(?<toQuarter>[一1])刻|(?<to>${NUMBER})分?)钟?(?:到)?)?(?<hour>${NUMBER})(?<sep>点钟?|时(?![候间])|:)` +
    `(?:(?<half>半)|(?<quarter>[一三13])刻|差(?<lack>${NUMBER})分|过?(?<minute>${NUMBER})分?(?![个人名位辆车小点\\d]))?`,
  'g',
);
const NOT_A_CLOCK = /(?:了|久|长|缓|轻|退|涨|早|晚|快|慢|有|差|大|小|迟|远|近|高|低|好|多|少)$/;
const A_CLOCK_FOLLOWS = /^(?:[左右准前后以之多整半到出集赶能可才])|^$/;

/** The times of the clock in a clause, read as the next such moment from now in China. */
export function clocksOf(clause: string, now: Date): SaidTime[] {
  const found: SaidTime[] = [];
  if (!/[点时:]/.test(clause)) return found;
  for (const match of clause.matchAll(CLOCK)) {
    const part = match.groups!;
    const at = match.index;
    const end = at + match[0].length;
    const [before, after] = [clause.slice(0, at), clause.slice(end)];
    if (LATER_WORD.test(after) || /^[以之]?前(?:就|已)?(?:出发|走|到了)/.test(after)) continue;
    // "a little later" is written like "one o'clock".
    const little = /^[一]$/.test(part.hour!) && part.sep === '点' && !part.part && !part.day;
    if (little && (NOT_A_CLOCK.test(before) || !A_CLOCK_FOLLOWS.test(after))) continue;
    const minutes = clockMinutes(part, now);
    if (minutes !== null && minutes <= LONGEST_MIN) found.push({ minutes, at, end, kind: 'clock', leg: null });
  }
  return found;
}

function clockMinutes(part: Record<string, string | undefined>, now: Date): number | null {
  const hour = readNumber(part.hour!)?.low;
  if (hour === undefined || hour > 24 || !Number.isInteger(hour)) return null;
  const minute = minuteOf(part);
  if (minute === null || minute > 59 || minute < -59) return null;
  const local = Math.floor(now.getTime() / 60_000) + CHINA_AHEAD_MIN;
  const midnight = local - (local % DAY_MIN);
  const exactHour = hour > 12 || hour === 0 || /^0\d/.test(part.hour!);
  const hours = exactHour ? [hour] : hoursIn(hour, part.part ?? partOfDay(part.day));
  const shift = dayShift(part.day);
  const days = shift === null ? [0, 1] : [shift];
  const moments = days.flatMap((day) => hours.map((each) => midnight + day * DAY_MIN + each * 60 + minute));
  const next = moments.filter((moment) => moment >= local).sort((a, b) => a - b)[0];
  return next === undefined ? null : next - local;
}

function minuteOf(part: Record<string, string | undefined>): number | null {
  if (part.half) return 30;
  if (part.quarter) return readNumber(part.quarter)!.low * 15;
  if (part.toQuarter) return -15;
  if (part.lack ?? part.to) return -(readNumber((part.lack ?? part.to)!)?.low ?? 60);
  return part.minute ? (readNumber(part.minute)?.low ?? null) : 0;
}

const partOfDay = (day: string | undefined): string | undefined =>
  day && /晚$/.test(day)
    ? 'night'
    : day && /早$/.test(day)
      ? 'morning'
      : day && !/今/.test(day)
        ? 'tomorrow'
        : undefined;

/** The hours of the day that an hour of the twelve may mean in a part of the day. */
function hoursIn(hour: number, part: string | undefined): number[] {
  if (part === undefined) return [hour % 12, (hour % 12) + 12];
  if (/^(?:凌晨|半夜)$/.test(part)) return [hour % 12, ...(hour >= 10 && /半夜/.test(part) ? [hour + 12] : [])];
  if (part === 'morning' || /早|晨|上午/.test(part)) return [hour];
  if (/中午/.test(part)) return [hour < 10 ? hour + 12 : hour];
  if (part === 'night' || /晚上|夜|^晚$/.test(part)) return [hour < 5 || hour === 12 ? (hour % 12) + 24 : hour + 12];
  if (part === 'tomorrow') return [hour <= 5 ? hour + 12 : hour];
  return [hour === 12 ? 12 : hour + 12];
}

function dayShift(day: string | undefined): number | null {
  if (day === undefined) return null;
  if (/今/.test(day)) return 0;
  return /后/.test(day) ? 2 : 1;
}
