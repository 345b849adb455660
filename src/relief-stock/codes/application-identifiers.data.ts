/**
 * GS1 application identifiers (GS1 General Specifications, section 3): how long the value may be and what it is made of. `n` digits only,
 * `x` the 82 characters that GS1 allows, `d` a date YYMMDD. A name with dots is a row of identifiers: `310.` is 3100 to 3109.
 */
const TABLE = `
00 n18|01 n14|02 n14|03 n14|10 x1-20|11 d|12 d|13 d|15 d|16 d|17 d|20 n2|21 x1-20|22 x1-20|235 x1-28|240 x1-30|241 x1-30|242 n1-6|243 x1-20
250 x1-30|251 x1-30|253 x13-30|254 x1-20|255 n13-25|30 n1-8|31.. n6|32.. n6|33.. n6|34.. n6|35.. n6|36.. n6|37 n1-8|390. n1-15|391. n3-18
392. n1-15|393. n3-18|394. n4|395. n6|400 x1-30|401 x1-30|402 n17|403 x1-30|41. n13|420 x1-20|421 x4-12|422 n3|423 n3-15|424 n3|425 n3-15
426 n3|427 x1-3|430. x1-70|431. x1-70|432. x1-10|433. x1-10|7001 n13|7002 x1-30|7003 n10|7004 n1-4|7005 x1-12|7006 n6|7007 n6-12|7008 x1-3
7009 x1-10|7010 x1-2|7011 n6-10|702. x1-20|703. x4-30|704. x4|710 x1-20|711 x1-20|712 x1-20|713 x1-20|714 x1-20|715 x1-20|716 x1-20
717 x1-20|723. x3-30|724. x1-25|7250 n8|7251 n12|7252 n1|7253 x1-40|7254 x1-40|7255 x1-10|7256 x1-90|7257 x1-70|7258 x3|7259 x1-40
8001 n14|8002 x1-20|8003 x14-30|8004 x1-30|8005 n6|8006 n18|8007 x1-34|8008 n8-12|8009 x1-50|8010 x1-30|8011 n1-12|8012 x1-20|8013 x1-25
8014 x1-25|8017 n18|8018 n18|8019 n1-10|8020 x1-25|8026 n18|8030 x1-90|8110 x1-70|8111 n4|8112 x1-70|8200 x1-70
90 x1-30|91 x1-90|92 x1-90|93 x1-90|94 x1-90|95 x1-90|96 x1-90|97 x1-90|98 x1-90|99 x1-90`;

export interface ApplicationIdentifier {
  digits: number;
  kind: 'n' | 'x' | 'd';
  shortest: number;
  longest: number;
}

const rows = TABLE.trim()
  .split(/[|\n]/)
  .map((row): [string, ApplicationIdentifier] => {
    const [name, kind, shortest, longest] = /^([\d.]+) ([nxd])(\d*)-?(\d*)$/.exec(row)!.slice(1) as [string, 'n' | 'x' | 'd', string, string]; // prettier-ignore
    const least = kind === 'd' ? 6 : Number(shortest);
    return [name, { digits: name.length, kind, shortest: least, longest: longest ? Number(longest) : least }];
  });

const exact = new Map(rows.filter(([name]) => !name.includes('.')));
const families = rows.filter(([name]) => name.includes('.')).map(([name, row]) => [name.replace(/\.+$/, ''), row] as const); // prettier-ignore

/** The identifier that a text starts with. None is the beginning of another, so that the first found is the only one. */
export function identifierAt(text: string): (ApplicationIdentifier & { ai: string }) | undefined {
  for (const digits of [2, 3, 4]) {
    const ai = text.slice(0, digits);
    if (!/^\d+$/.test(ai) || ai.length < digits) return undefined;
    const row = exact.get(ai) ?? families.find(([start, one]) => one.digits === digits && ai.startsWith(start))?.[1];
    if (row) return { ai, ...row };
  }
  return undefined;
}

/** Values of these need no separator after them: their length is known from the first two digits (General Specifications, 7.8.5). */
const WITHOUT_SEPARATOR = new Set(['00', '01', '02', '03', '04', '11', '12', '13', '14', '15', '16', '17', '18', '19', '20', '31', '32', '33', '34', '35', '36', '41']); // prettier-ignore
export const endsByItself = (ai: string): boolean => WITHOUT_SEPARATOR.has(ai.slice(0, 2));
