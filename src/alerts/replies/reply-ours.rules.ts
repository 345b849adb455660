import type { Claim } from './reply-claims.rules.js';
import type { Token } from './reply-tokens.rules.js';

/** The team itself, told of as a fact: its leader's answer. */
const OUR_CREW = /^(?:队员们?|兄弟们|弟兄们|大家|大伙|伙计们|伙伴们|大部队|人手)$/;
const IN_MOTION =
  /^(?:都|已|已经|全|正)*(?:在?(?:穿|换|装|备|集合|集结|路上)|出发了|上车了|上路了|动身了|集合好|集结好|已经?出发|在赶|正在赶|正在集[合结]|往)/;
export const textOf = (tokens: Token[], from: number): string => tokens.filter(({ end }) => end > from).map(({ text }) => text).join(''); // prettier-ignore

/** Somebody drives it: the sender's side. */
const DRIVEN = /^(?:开过来|开过去|开来)/;
/** A yes told of the team, or of a car, that is the sender's. */
export const isOurs = (tokens: Token[], { who, at }: Claim): boolean =>
  (who === 'crew' && OUR_CREW.test(tokens[0]!.text) && IN_MOTION.test(textOf(tokens, at))) ||
  (who === 'gear' && DRIVEN.test(textOf(tokens, at)));
