import { type FactorInForce, RULE_ITSELF, RULE_ITSELF_PCT } from './factors/factor.rules.js';
import type { IncidentDto, NeedsEstimate } from './incidents.dto.js';

type Kind = IncidentDto['kind'];
type Estimate = NeedsEstimate['items'][number];

/** One planning number: how many units of an item a sheltered person needs, once or for each day. `source` is explained in README.md. */
export interface NeedRule {
  code: string;
  itemCode: string;
  perPerson: Range;
  perDay?: boolean;
  /** One for each household: the middle figure follows the household size when it is known. */
  perHousehold?: boolean;
  /** Months of the year (1-12) in which it fits; left out: all. */
  months?: readonly number[];
  kinds?: readonly Kind[];
  priority: 1 | 2 | 3;
  source: string;
}

const WARM_MONTHS = [5, 6, 7, 8, 9, 10];
const COLD_MONTHS = [11, 12, 1, 2, 3, 4];
/** Where buildings cannot be trusted, people sleep in tents; typhoons and floods fill schools and halls. */
const TENT_KINDS: readonly Kind[] = ['earthquake', 'landslide'];
const TENT_M2 = 12;
const CARTON_L = 24 * 0.55;
const CARTON_MEALS = 12;
const TANK_L = 5000;
const TAPS = 6;

interface Range {
  low: number;
  mid: number;
  high: number;
}
const each = (units: number): Range => ({ low: units, mid: units, high: units });
/** So much a person, in units that hold `size` of it. */
const per = (size: number, { low, mid, high }: Range): Range => ({
  low: low / size,
  mid: mid / size,
  high: high / size,
});

/** Needs of people in collective shelter. Figures without a range in their source have none here either. */
export const NEED_RULES: readonly NeedRule[] = [
  // Drinking 2.5-3 L a person and day; with hygiene and cooking 7.5 L to survive.
  { code: 'estimate.drinking-water', itemCode: 'WF01', perPerson: per(CARTON_L, { low: 2.5, mid: 3, high: 7.5 }), perDay: true, priority: 1, source: 'sphere' },
  // 2,100 kcal a day is about three portions; two where a kitchen runs beside it.
  { code: 'estimate.meals', itemCode: 'WF06', perPerson: per(CARTON_MEALS, { low: 2, mid: 3, high: 3 }), perDay: true, priority: 1, source: 'common-knowledge' },
  // One a household: a pack serves 3-5 people; households have 2.4 people on average, 2.15 in the smallest city.
  { code: 'estimate.family-pack', itemCode: 'FK01', perPerson: { low: 1 / 5, mid: 1 / 2.4, high: 1 / 2.15 }, perHousehold: true, priority: 1, source: 'family-pack' },
  { code: 'estimate.towel-quilt', itemCode: 'BD03', perPerson: each(1), months: WARM_MONTHS, priority: 2, source: 'common-knowledge' },
  { code: 'estimate.quilt', itemCode: 'BD01', perPerson: each(1), months: COLD_MONTHS, priority: 1, source: 'common-knowledge' },
  { code: 'estimate.bed', itemCode: 'SH07', perPerson: each(1), priority: 2, source: 'common-knowledge' },
  // 3.5 m² a person, so 3-4 people in a tent; 4.5-5.5 m² in the cold or when cooking inside.
  { code: 'estimate.tent', itemCode: 'SH01', perPerson: { low: 1 / 4, mid: 3.5 / TENT_M2, high: 1 / 3 }, months: WARM_MONTHS, kinds: TENT_KINDS, priority: 1, source: 'sphere' },
  { code: 'estimate.padded-tent', itemCode: 'SH02', perPerson: per(TENT_M2, { low: 4.5, mid: 5, high: 5.5 }), months: COLD_MONTHS, kinds: TENT_KINDS, priority: 1, source: 'sphere' },
  { code: 'estimate.toilet', itemCode: 'SH09', perPerson: each(1 / 20), kinds: TENT_KINDS, priority: 2, source: 'sphere' },
  // One day's water in tanks that are refilled daily.
  { code: 'estimate.water-tank', itemCode: 'WS01', perPerson: per(TANK_L, { low: 7.5, mid: 15, high: 15 }), kinds: TENT_KINDS, priority: 2, source: 'sphere' },
  { code: 'estimate.tap-stand', itemCode: 'WS02', perPerson: each(1 / (250 * TAPS)), kinds: TENT_KINDS, priority: 2, source: 'sphere' },
]; // prettier-ignore

export interface Supplied {
  itemCode: string;
  units: number;
  by: 'present' | 'government';
}

function rangeOf(rule: NeedRule, householdSize: number | undefined): Range {
  if (!rule.perHousehold || householdSize === undefined) return rule.perPerson;
  const mid = 1 / householdSize;
  return { low: Math.min(rule.perPerson.low, mid), mid, high: Math.max(rule.perPerson.high, mid) };
}

/**
 * A first estimate for people in shelter, as low, middle and high whole units; nothing is stored. Only what fits the kind of incident
 * and the month of `on` (YYYY-MM-DD): winter quilts in July were a public scandal once. What is there already and what the government
 * brings is taken off every figure, and named in the rule, so that nothing is asked for twice. `grossMid` is the middle before that.
 * A factor that was learned from earlier incidents multiplies the rule (factors/), and is named with its version.
 */
export function estimateItems(
  ask: {
    kind: Kind;
    sheltered: number;
    days: number;
    on: string;
    householdSize?: number | undefined;
    supplied?: Supplied[] | undefined;
    /** What a rule is multiplied by, low, middle and high alike. */
    factorOf?: ((ruleCode: string) => FactorInForce) | undefined;
  },
  rules: readonly NeedRule[] = NEED_RULES,
): Estimate[] {
  const month = Number(ask.on.slice(5, 7));
  return rules
    .filter(
      (rule) => ask.sheltered > 0 && (rule.months?.includes(month) ?? true) && (rule.kinds?.includes(ask.kind) ?? true),
    )
    .map((rule) => {
      const factor = ask.factorOf?.(rule.code) ?? RULE_ITSELF;
      const times = (ask.sheltered * (rule.perDay ? ask.days : 1) * factor.valuePct) / RULE_ITSELF_PCT;
      const perPerson = rangeOf(rule, ask.householdSize);
      const suppliedBy = (by: Supplied['by']): number =>
        (ask.supplied ?? []).reduce(
          (sum, one) => sum + (one.itemCode === rule.itemCode && one.by === by ? one.units : 0),
          0,
        );
      const [present, government] = [suppliedBy('present'), suppliedBy('government')];
      const open = (each: number): number => Math.max(0, whole(each * times) - present - government);
      return {
        itemCode: rule.itemCode,
        low: open(perPerson.low),
        mid: open(perPerson.mid),
        high: open(perPerson.high),
        grossMid: whole(perPerson.mid * times),
        priority: rule.priority,
        factor,
        rule: {
          code: rule.code,
          params: { people: ask.sheltered, days: ask.days, month, source: rule.source, present, government },
        },
      };
    });
}

/** Rounded up to whole units; the small step back keeps 0.1 + 0.2 from costing a unit. */
const whole = (units: number) => Math.ceil(units - 1e-9);
