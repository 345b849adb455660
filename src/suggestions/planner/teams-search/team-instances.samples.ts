import type { SampleInstance } from '../flow/instances.samples.js';
import { LEVEL_WEIGHT } from '../flow/instances.samples.js';
import { seeded } from '../flow/random.rules.js';
import type { Random } from '../flow/random.rules.js';
import type { TeamInstance } from './teams.types.js';

const KINDS = 6;
const COVER_MIN = 90;

/** Invented teams for a sample instance: 12 a city and 20 a province, most at a county's seat. Same seed, same numbers. */
export function sampleTeams(n: SampleInstance, seed: number): TeamInstance {
  const random = seeded(seed * 104729 + 17);
  const cities = [...n.tier.keys()].filter((w) => n.tier[w] === 1);
  const provinces = n.tier.reduce((sum, tier) => sum + (tier === 2 ? 1 : 0), 0);
  const teams = cities.length * 12 + provinces * 20;
  const drawn = Array.from({ length: teams }, (_, team) => drawTeam(random, n, { team, cities, provinces }));
  const requirements = drawRequirements(random, n);
  return {
    name: `${n.name}-teams`,
    teams,
    incidents: n.incidents,
    headcount: Int32Array.from(drawn, ({ heads }) => heads),
    capabilities: Int32Array.from(drawn, ({ capabilities }) => capabilities),
    resting: Uint8Array.from(drawn, ({ rests }) => (rests ? 1 : 0)),
    etaMin: minutesTo(n, drawn),
    weight: Int32Array.from(n.level, (level) => LEVEL_WEIGHT[level]!),
    requirements,
    covers: coversOf(n, drawn, cities),
    windowMin: n.name.startsWith('L') ? 300 : 360,
  };
}

type Drawn = ReturnType<typeof drawTeam>;

function drawTeam(
  random: Random,
  n: SampleInstance,
  { team, cities, provinces }: { team: number; cities: number[]; provinces: number },
) {
  const city = team < cities.length * 12 ? cities[team % cities.length]! : -1;
  let home = (team - cities.length * 12) % provinces;
  if (city >= 0) {
    const near = [...n.tier.keys()].filter((w) => n.tier[w]! < 2 && n.city[w] === n.city[city]);
    home = random.unit() < 0.4 ? city : near[random.whole(0, near.length - 1)]!;
  }
  const x = n.x[home]! + random.normal() * 3;
  const y = n.y[home]! + random.normal() * 3;
  const kind = random.whole(0, KINDS - 1);
  const second = random.unit() < 0.35 ? random.whole(0, KINDS - 1) : kind;
  const heads = [8, 12, 20, 30, 50][random.whole(0, 4)]!;
  const readyMin = [15, 30, 60, 120][random.whole(0, 3)]!;
  return { x, y, kind, capabilities: (1 << kind) | (1 << second), heads, readyMin, rests: random.unit() < 0.12 };
}

function drawRequirements(random: Random, n: SampleInstance): TeamInstance['requirements'] {
  return [...n.level].flatMap((level, incident) => {
    const heads = new Int32Array(KINDS);
    for (let draw = 0; draw < [4, 3, 2, 1][level]!; draw++) {
      const capability = random.whole(0, KINDS - 1);
      heads[capability] = heads[capability]! + Math.round([80, 50, 30, 15][level]! * (0.5 + random.unit()));
    }
    return [...heads].flatMap((asked, capability) => (asked > 0 ? [{ incident, capability, heads: asked }] : []));
  });
}

function minutesTo(n: SampleInstance, drawn: readonly Drawn[]): Int32Array {
  const minutes = new Int32Array(drawn.length * n.incidents);
  drawn.forEach(({ x, y, readyMin }, team) => {
    for (let k = 0; k < n.incidents; k++) {
      const road = Math.hypot(x - n.incidentX[k]!, y - n.incidentY[k]!) * 1.3 + 1;
      const slow = n.level[k]! <= 1 ? Math.min(road, 15) : 0;
      minutes[team * n.incidents + k] = Math.round(readyMin + ((road - slow) / 65) * 60 + (slow / 25) * 60);
    }
  });
  return minutes;
}

function coversOf(n: SampleInstance, drawn: readonly Drawn[], cities: readonly number[]): Int32Array[] {
  const covers = cities.flatMap((city) =>
    Array.from({ length: KINDS }, (_, kind) =>
      Int32Array.from(
        [...drawn.keys()].filter((team) => {
          const one = drawn[team]!;
          const road = Math.hypot(one.x - n.x[city]!, one.y - n.y[city]!) * 1.3;
          return !one.rests && one.kind === kind && one.readyMin + (road / 60) * 60 <= COVER_MIN;
        }),
      ),
    ),
  );
  return covers.filter(({ length }) => length > 0);
}
