/** Households in Zhejiang have 2.35 people (census 2020); plans divide by 2.4. */
export const HOUSEHOLD_PEOPLE = 2.4;
const DAYS = 3;

/** What one unit does: serves so many people as long as they need it, or so many people for a day, or one household. */
type Serves = { people: number } | { personDays: number } | { households: number };
interface Cover {
  serves: Serves;
  source: 'sphere' | 'esups' | 'family-pack' | 'common-knowledge';
}

/**
 * Planning figures by item code. Items that are not handed out to households (boats, ropes, tools) have none. Sources are explained in the
 * module's README; figures of one unit in people are those of the prepositioning studies (ESUPS) where no other is named.
 */
export const COVER: Readonly<Record<string, Cover>> = {
  // 12 m² at 3.5 m² a person.
  SH01: { serves: { people: 12 / 3.5 }, source: 'sphere' },
  // Padded, in the cold: 5 m² a person, the middle of 4.5-5.5.
  SH02: { serves: { people: 12 / 5 }, source: 'sphere' },
  SH04: { serves: { people: 5 }, source: 'esups' },
  SH05: { serves: { people: 2.5 }, source: 'esups' },
  SH06: { serves: { people: 1 }, source: 'esups' },
  SH07: { serves: { people: 1 }, source: 'common-knowledge' },
  SH09: { serves: { people: 20 }, source: 'sphere' },
  BD01: { serves: { people: 1 }, source: 'common-knowledge' },
  BD02: { serves: { people: 0.6 }, source: 'esups' },
  BD03: { serves: { people: 1 }, source: 'common-knowledge' },
  FK01: { serves: { households: 1 }, source: 'family-pack' },
  FK02: { serves: { households: 1 }, source: 'family-pack' },
  FK04: { serves: { people: 5 }, source: 'esups' },
  FK06: { serves: { people: 5 }, source: 'esups' },
  FK07: { serves: { people: 2.5 }, source: 'esups' },
  // 24 bottles of 0.55 L; 3 L to drink a person and day.
  WF01: { serves: { personDays: (24 * 0.55) / 3 }, source: 'sphere' },
  // Twelve portions; three a person and day.
  WF02: { serves: { personDays: 4 }, source: 'common-knowledge' },
  WF06: { serves: { personDays: 4 }, source: 'common-knowledge' },
  WF08: { serves: { people: 2.5 }, source: 'esups' },
  WF09: { serves: { people: 2.5 }, source: 'esups' },
};

/** Whole households that so many units serve for 72 hours; null when the item has no planning figure. */
export function householdsCovered(itemCode: string, units: number): number | null {
  const cover = COVER[itemCode];
  if (!cover) return null;
  return Math.floor(units * householdsOfOne(cover.serves) + 1e-9);
}

/** Households that one unit serves for 72 hours, not rounded; null when the item has no planning figure. */
export const householdsOfUnit = (itemCode: string): number | null => {
  const cover = COVER[itemCode];
  return cover ? householdsOfOne(cover.serves) : null;
};

function householdsOfOne(serves: Serves): number {
  if ('households' in serves) return serves.households;
  const people = 'people' in serves ? serves.people : serves.personDays / DAYS;
  return people / HOUSEHOLD_PEOPLE;
}
