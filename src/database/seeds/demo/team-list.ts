import { numberIn, readTable } from './table.js';

/** One line of the list of teams. */
export interface TeamLine {
  adcode: string;
  kind: TeamKind;
  rosterSize: number;
  unitCount: number;
  unitHeadcount: number;
  grade: 'national' | 'provincial' | 'local';
}

/** Two letters of the team code: search and rescue, water, relief, medical, psychosocial, water supply, sanitation, telecom, logistics. */
export type TeamKind = 'SR' | 'WR' | 'RL' | 'MD' | 'PS' | 'WS' | 'SN' | 'TC' | 'LG';

// adcode;kind;people on the roster;units x people in each;grade (N national, P provincial, - its society's level)
const TEAMS = `
330100;RL;32;2x10;P
330100;MD;40;3x6;P
330100;PS;40;2x5;N
330100;WS;20;1x12;P
330100;TC;15;1x6;P
330106;MD;30;2x6;-
330109;WR;48;3x10;P
330110;SR;55;3x10;P
330111;SR;42;3x10;-
330112;SR;50;3x10;-
330113;RL;24;1x10;-
330122;SR;40;2x10;-
330127;WR;36;3x8;-
330182;WR;30;2x8;-
330200;RL;28;2x10;P
330200;MD;32;2x6;-
330200;PS;28;2x5;-
330200;SN;18;1x12;P
330206;SR;38;2x10;-
330212;MD;28;2x6;-
330213;WR;30;2x8;-
330225;WR;32;2x8;-
330226;SR;42;2x10;-
330281;WR;36;3x8;P
330282;RL;24;1x10;-
330300;RL;30;2x10;P
330300;MD;34;2x6;-
330300;PS;28;2x5;-
330300;WS;20;1x12;N
330300;LG;20;1x10;-
330305;WR;24;2x8;-
330324;SR;54;3x10;-
330324;WR;45;3x10;-
330327;SR;48;2x12;-
330328;SR;36;2x10;-
330329;SR;34;2x10;-
330381;WR;40;3x8;P
330382;WR;42;3x8;-
330400;RL;26;1x10;-
330400;MD;24;1x6;-
330400;SN;17;1x12;-
330421;WR;26;2x8;-
330481;WR;28;2x8;-
330482;RL;22;1x10;-
330500;RL;24;1x10;-
330500;TC;12;1x6;-
330502;MD;22;1x6;-
330521;SR;40;2x10;-
330522;WR;24;2x8;-
330523;SR;46;3x10;-
330600;RL;30;2x10;P
330600;MD;26;2x6;-
330600;PS;24;2x5;-
330603;RL;22;1x10;-
330604;WR;34;2x8;-
330624;SR;104;4x12;N
330681;SR;48;3x8;-
330681;WR;42;3x8;P
330683;SR;30;2x8;-
330683;WR;63;3x7;-
330700;RL;28;2x10;-
330700;MD;26;2x6;-
330700;PS;22;2x5;-
330700;TC;12;1x6;-
330727;SR;28;2x8;-
330781;WR;26;2x8;-
330782;SR;58;3x10;P
330783;SR;80;3x10;P
330784;RL;20;1x10;-
330800;RL;26;2x10;-
330800;WS;18;1x12;-
330800;LG;16;1x10;-
330822;WR;20;2x8;-
330824;SR;32;2x9;-
330825;WR;22;2x8;-
330881;SR;36;2x9;-
330900;MD;24;2x6;-
330902;WR;24;2x6;-
330903;WR;32;2x8;P
330921;SR;26;2x8;-
331000;RL;26;2x10;-
331000;PS;22;2x5;-
331002;MD;26;2x6;-
331022;RL;20;1x10;-
331023;SR;46;2x10;-
331024;SR;239;4x12;P
331081;WR;46;3x8;-
331082;SR;54;3x10;-
331082;WR;40;3x8;-
331083;WR;30;2x8;-
331100;RL;22;1x10;-
331100;MD;20;1x6;-
331100;SN;16;1x12;-
331100;TC;12;1x6;-
331122;SR;34;2x9;-
331123;SR;44;2x10;-
`;

const KINDS: TeamKind[] = ['SR', 'WR', 'RL', 'MD', 'PS', 'WS', 'SN', 'TC', 'LG'];
const GRADES = { N: 'national', P: 'provincial', '-': 'local' } as const;

export const teamLines: TeamLine[] = readTable(TEAMS, 5).map(([adcode, kind, roster, units, grade]) => {
  const [count, each] = (units as string).split('x').map(numberIn);
  return {
    adcode: adcode as string,
    kind: known(KINDS, kind as TeamKind),
    rosterSize: numberIn(roster),
    unitCount: count as number,
    unitHeadcount: each as number,
    grade: GRADES[known(['N', 'P', '-'] as const, grade as 'N' | 'P' | '-')],
  };
});

function known<T>(choices: readonly T[], value: T): T {
  if (!choices.includes(value)) throw new Error(`demo table: unknown ${String(value)}`);
  return value;
}
