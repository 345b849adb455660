import { type Answer, answerOf } from './reply-answer.rules.js';
import type { Claim } from './reply-claims.rules.js';
import { type Part, partsOf } from './reply-clauses.rules.js';
import { isFirm } from './reply-firm.rules.js';
import { clausesOf, plainOf, type Span } from './reply-text.rules.js';
import { type Values, valuesOf } from './reply-values.rules.js';
import { understood } from './reply-certainty.rules.js';

export interface Evidence extends Span {
  says: 'accept' | 'decline' | 'delay' | 'headcount' | 'condition' | 'doubt' | 'receipt';
}
/**
 * What a free-text reply to "can you come?" says. `delayMinutes`: until they come, as they put it, from `now`; `headcount`: people, the
 * sender counted in; `condition`: their words. `confidence`: 0 to 1, how much of the words is understood. Evidence points into the words
 * as they came.
 */
export interface ParsedReply {
  answer: Answer;
  delayMinutes?: number;
  headcount?: number;
  condition?: string;
  confidence: number;
  evidence: Evidence[];
}

/** Every word of it understood / an answer read past words that are not / no answer. Our own figures. */
const CONFIDENCE = { whole: 0.95, partly: 0.7, none: 0.3 };
const LONGEST_REPLY = 2000;

/**
 * Reads a reply. Rules only, no guess: whatever is asked, hedged, contradictory, said of others or only acknowledged is `unclear`, and a
 * yes is never read from words that also hold a plain no. What was corrected in the text ("no, four people") counts as corrected.
 */
export function parseReply(words: string, now: Date): ParsedReply {
  if (words.length > LONGEST_REPLY) return { answer: 'unclear', confidence: 0, evidence: [] };
  const all = clausesOf(plainOf(words)).flatMap((clause) => partsOf(clause, now));
  const parts = standing(all)?.map(forgivesRoad).map(takesHour).map(isGranted);
  const answer = parts ? answerOf(parts) : 'unclear';
  const values = valuesOf(parts ?? []);
  const evidence = evidenceOf(parts ?? all, values);
  if (!parts || answer === 'unclear') return { answer: 'unclear', confidence: CONFIDENCE.none, evidence };
  const sure = understood(parts, answer, values);
  if (answer === 'declined') return { answer, confidence: sure ? CONFIDENCE.whole : CONFIDENCE.partly, evidence };
  const asked = parts.find((part) => part.condition && !part.asks);
  const condition = asked && words.slice(...spanOf(asked, asked.condition!)).trim();
  return {
    answer,
    ...(values.delay ? { delayMinutes: values.delay.minutes } : {}),
    ...(values.people ? { headcount: values.people.count } : {}),
    ...(condition ? { condition } : {}),
    confidence: sure ? CONFIDENCE.whole : CONFIDENCE.partly,
    evidence,
  };
}

/** Whether a reading may be acted on with nobody looking at it: an answer without a condition, every word of it understood. */
export const actsAlone = ({ answer, condition, confidence }: ParsedReply): boolean =>
  answer !== 'unclear' && condition === undefined && confidence >= CONFIDENCE.whole;

/** Words that take all back when nothing comes after them. */
const CANCELS =
  /算了|算啦|不对|[哦啊噢喔呃]不|不不|不是|撤回|作废|收回|改主意|变卦|改口|想|等等|慢着|且慢|还是|忽略|不算|有变|变化/;
/** "Let it be": takes back a yes, and seals a no. */
const GIVES_UP = /算了(?:吧|啊|哈|啦)?$/;
const isNo = ({ sign, sort }: Claim): boolean => sign === 'no' || sort === 'takes';
const says = (parts: Part[]) => parts.some(({ claims }) => claims.length > 0);
const notPast = (parts: Part[]) =>
  parts.filter((part) => !part.has('past') || (part.has('back') && part.claims.length > 0));

/** The parts that count: after the last word that takes back, without what was said or meant before; null when the end takes all back. */
function standing(all: Part[]): Part[] | null {
  const backs = all.flatMap((part, n) => (part.has('back') && (n > 0 || part.claims.length > 0) ? [n] : []));
  for (const at of backs.toReversed()) {
    const after = notPast(all.slice(at));
    if (says(after)) return after;
    const givenUp = GIVES_UP.test(all[at]!.clause.text) && notPast(all).every(({ claims }) => claims.every(isNo));
    if (givenUp) return notPast(all);
    if (at > 0 && all[at]!.tokens.some(({ kind, text }) => kind === 'back' && CANCELS.test(text))) return null;
  }
  return notPast(all);
}

/** "In half an hour, if the road is free": bounds the hour, and not the coming. */
const IF_ROAD =
  /^(?:如果|要是|只要|若)?(?:路上|路况|路|车|交通|一路|沿途)?(?:不堵|不太堵|通畅|畅通|顺利|顺畅|好走|允许|正常|不塌方|没有?意外|没事)(?:的话|时)?$/;
const forgivesRoad = (part: Part, n: number, parts: Part[]): Part =>
  part.condition && IF_ROAD.test(part.clause.text) && parts.slice(0, n).some(({ has, claims }) => has('time') && claims.some(({ sign, who }) => sign === 'yes' && who === 'self')) ? { ...part, condition: null } : part; // prettier-ignore

/** "We come; is five early enough?": doubts the hour, and not the coming. */
const IS_HOUR_FINE =
  /(?:到|来|过来|过去|赶到|出发|集合)?(?:的话)?(?:行|可以|成|来得及|够|晚不?晚|迟|早|赶得上|赶得及|合适|中)(?:不行|不可以|不成|来不及|不够|不合适|不)?(?:吗|么|不|吧|嘛)?$/;
const takesHour = (part: Part, n: number, parts: Part[]): Part =>
  part.asks === 'answer' && part.tokens[0]!.kind === 'time' && IS_HOUR_FINE.test(part.clause.text) && !part.has('if', 'reason', 'unknown', 'people', 'self', 'no', 'not', 'day') && !/[明后]/.test(part.clause.text) && parts.slice(0, n).some(isFirm) ? { ...part, asks: null } : part; // prettier-ignore

/** "The owner lends us the boat now: off." What was needed is there. */
const isGranted = (part: Part, n: number, parts: Part[]): Part =>
  part.condition && part.claims.length === 0 && !part.has('if', 'then', 'not') && /了$/.test(part.clause.text) && parts.slice(n + 1).some(isFirm) ? { ...part, condition: null } : part; // prettier-ignore

const spanOf = ({ clause }: Part, { at, end }: { at: number; end: number }): [number, number] => [
  clause.places[at]!,
  clause.places[end]!,
];

const DOUBTS: Claim['sort'][] = ['maybe', 'then', 'wish', 'denied'];

function evidenceOf(parts: Part[], { delay, people }: Values): Evidence[] {
  const at = (part: Part, span: { at: number; end: number }, what: Evidence['says']): Evidence[] => {
    const [start, end] = spanOf(part, span);
    return start < end ? [{ start, end, says: what }] : [];
  };
  const found = parts.flatMap((part) => [
    ...part.claims.filter(({ sort }) => sort !== 'weak').flatMap((claim) =>
      at(part, claim, DOUBTS.includes(claim.sort) ? 'doubt' : claim.sign === 'yes' ? 'accept' : 'decline'),
    ),
    ...part.tokens.filter(({ kind }) => kind === 'receipt').flatMap((token) => at(part, token, 'receipt')),
    ...(part.condition ? at(part, part.condition, 'condition') : []),
  ]); // prettier-ignore
  const times = (delay?.from ?? []).flatMap(({ part, time }) => at(part, time, 'delay'));
  const heads = people ? at(people.part, people, 'headcount') : [];
  return [...found, ...times, ...heads].sort((a, b) => a.start - b.start || a.end - b.end);
}
