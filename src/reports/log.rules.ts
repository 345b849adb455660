/** What a row of the record is called, by the fields that name things; the first that it has of each group. */
const NAMES: readonly (readonly string[])[] = [
  ['number', 'code', 'account'],
  ['title', 'incidentTitle', 'teamName', 'name', 'donorName', 'what'],
  ['unitCode'],
  ['personName', 'waitingFor'],
];

/** Which thing a change is about, as far as the row itself says: number, name, unit, person. Empty when it says nothing of the kind. */
export function aboutOf(data: Record<string, unknown>): string {
  const text = (key: string) => (typeof data[key] === 'string' ? data[key].trim() : '');
  return NAMES.flatMap((keys) => keys.map(text).find((value) => value !== '') ?? []).join(' ');
}
