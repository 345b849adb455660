import { dayAfter } from './days.js';
import { diceFor, type Dice } from './dice.js';
import { demoId } from './identity.js';
import { cities, counties } from './places.js';
import type { EquipmentRow, TeamRow, UnitRow } from './rows.js';
import { DEMO_MARK, societyId } from './societies.js';
import { roundDegrees } from './table.js';
import { ambulanceTeams, teamKinds, type KitLine, type TeamKindFacts } from './team-kinds.js';
import { teamLines, type TeamLine } from './team-list.js';

/** A team with what its units, people and kit are made from. */
export interface TeamPlan {
  row: TeamRow;
  units: UnitRow[];
  facts: TeamKindFacts;
  rosterSize: number;
}

const UNIT_LETTERS = ['A', 'B', 'C', 'D'];
/** Units that rest at the start, so that not every team is wholly available. */
const RESTING = new Set([
  'T-330324-WR-1-C',
  'T-330111-SR-1-C',
  'T-330600-RL-1-B',
  'T-330783-SR-1-C',
  'T-331024-SR-1-D',
]);

/** 96 teams with their units, standing at their society's seat. */
export function buildTeams(): TeamPlan[] {
  const places = new Map([...cities, ...counties].map((place) => [place.adcode, place]));
  const dice = diceFor('teams');
  return teamLines.map((line) => {
    const place = places.get(line.adcode);
    if (place === undefined) throw new Error(`demo: no place ${line.adcode}`);
    const facts = teamKinds[line.kind];
    const code = `T-${line.adcode}-${line.kind}-1`; // one team of a kind per society
    const row: TeamRow = {
      id: demoId('team', code),
      code,
      name: `${place.name}红十字${facts.name}${DEMO_MARK}`,
      nameEn: `${place.pinyin} Red Cross ${facts.nameEn} (demo)`,
      speciality: facts.speciality,
      societyId: societyId(line.adcode),
      grade: gradeOf(line),
      departureTargetMin: facts.departureTargetMin,
      lon: roundDegrees(place.lon + dice.between(-1, 1) / 100),
      lat: roundDegrees(place.lat + dice.between(-1, 1) / 100),
    };
    return { row, facts, rosterSize: line.rosterSize, units: unitsOf(row, line, facts) };
  });
}

function gradeOf({ grade, adcode }: TeamLine): TeamRow['grade'] {
  if (grade !== 'local') return grade;
  return adcode.endsWith('00') ? 'city' : 'county';
}

function unitsOf(team: TeamRow, line: TeamLine, facts: TeamKindFacts): UnitRow[] {
  return UNIT_LETTERS.slice(0, line.unitCount).map((letter, index) => {
    const code = `${team.code}-${letter}`;
    return {
      id: demoId('unit', code),
      teamId: team.id,
      code,
      name: `${team.name.replace(DEMO_MARK, '')}第${'一二三四'.charAt(index)}分队${DEMO_MARK}`,
      capabilities: [facts.speciality, ...facts.capabilities],
      headcount: line.unitHeadcount,
      lon: team.lon,
      lat: team.lat,
      state: RESTING.has(code) ? 'stood-down' : 'stand-by',
    };
  });
}

/** Kit of teams and units; 3 in 100 pieces are in repair and 5 in 100 inspections are overdue. */
export function buildEquipment(now: Date, teams: TeamPlan[]): EquipmentRow[] {
  const dice = diceFor('equipment');
  return teams.flatMap(({ row, units, facts }) => [
    ...kitFor(row, facts).map((line) => kitRow(now, { dice, line, owner: row.code, teamId: row.id, unitId: null })),
    ...units.flatMap((unit) =>
      unitKit(unit, facts).map((line) =>
        kitRow(now, { dice, line, owner: unit.code, teamId: row.id, unitId: unit.id }),
      ),
    ),
  ]);
}

function kitFor(team: TeamRow, facts: TeamKindFacts): KitLine[] {
  return ambulanceTeams.has(team.code) ? [...facts.teamKit, ['ambulance', '救护车', 1]] : facts.teamKit;
}

/** The first Zhuji water unit carries three boats, as it did on its way to Linhai in 2019. */
function unitKit(unit: UnitRow, facts: TeamKindFacts): KitLine[] {
  if (unit.code !== 'T-330681-WR-1-A') return facts.unitKit;
  return facts.unitKit.map((line) => (line[0] === 'rigid-boat' ? [line[0], line[1], 2] : line));
}

interface KitOwner {
  dice: Dice;
  line: KitLine;
  owner: string;
  teamId: string;
  unitId: string | null;
}

function kitRow(now: Date, { dice, line: [kind, name, quantity], owner, teamId, unitId }: KitOwner): EquipmentRow {
  const overdue = dice.next() < 0.05;
  return {
    id: demoId('equipment', `${owner}/${kind}`),
    teamId,
    unitId,
    kind,
    name,
    quantity,
    inspectionDueOn: dayAfter(now, overdue ? -dice.between(1, 40) : dice.between(20, 360)),
    status: dice.next() < 0.03 ? 'in-repair' : 'ready',
  };
}
