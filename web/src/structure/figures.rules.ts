/** Hours with one digit, as people say them. */
export const hours = (minutes: number): string => (minutes / 60).toFixed(1);
/** A share of 0 to 1 in whole percent; nothing that is missing is rounded away. */
export const percent = (share: number): string => `${share < 1 ? Math.min(99, Math.round(share * 100)) : 100} %`;
/** Yuan of so many fen, whole from a hundred on. */
export const yuan = (fen: number): string =>
  fen >= 10_000 ? Math.round(fen / 100).toString() : (fen / 100).toFixed(2);
/** `before → after`, or one figure where nothing changes. */
export const change = (before: string, after: string): string => (before === after ? before : `${before} → ${after}`);

/** A number of a form, or null when it is none or lies outside. */
export function numberIn(text: string, least: number, most: number): number | null {
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) && value >= least && value <= most ? value : null;
}

export interface CountyLine {
  societyId: string;
  people: string;
}
/** Counties of a form as the server takes them; null where a line is not finished. */
export function countiesOf(lines: readonly CountyLine[]): { societyId: string; people: number }[] | null {
  const read = lines.map(({ societyId, people }) => ({ societyId, people: numberIn(people, 1, 10_000_000) }));
  if (read.length === 0 || read.some(({ societyId, people }) => societyId === '' || people === null)) return null;
  return read.map(({ societyId, people }) => ({ societyId, people: Math.round(people!) }));
}
