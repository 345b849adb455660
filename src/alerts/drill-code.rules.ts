/**
 * The word by which a text message names the drill that it answers; it stands in every message that leaves one (`alert-text.exercise-code`). People
 * write their answer straight behind the number: with these words no count goes on ("演练3人能到").
 */
const CODE =
  /^[\s【「（("“]*演练\s*([0-9０-９]{1,9})(?:[】」）)"”]|(?=$|[\s,，。.:：;；!！、—-]|收到|能|可以|不|没|无法|来|去|马上|立即|立刻|我们?|同意|参加|好|已|到达|出发))[\s,，。.:：;；!！、—-]*/u;
/** What the message of a drill says of that word: where it stands, the message is sent back with the answer. */
const QUOTED = /[（(][^（）()]{0,12}请先写“演练(\d{1,9})”[）)]/u;
const MARK = /【演练】/gu;

/** The last signs of a number, as the deliveries keep them: alike with and without the code of the country. */
export const phoneKey = (phone: string): string => phone.replace(/\D/g, '').slice(-11);

/** The number of the drill that words name, at their beginning or by quoting its message; null when they name none. */
export function drillNamed(words: string): number | null {
  const found = (CODE.exec(words) ?? QUOTED.exec(words))?.[1];
  return found === undefined ? null : Number(found.normalize('NFKC')); // full-width figures are what an input method leaves
}

/** Words without the name of the drill that they were sent to: what is left is read like any other reply. */
export const withoutDrillCode = (words: string): string =>
  words.replace(QUOTED, '').replace(MARK, '').replace(CODE, '').trim() || words;
