import type { AudienceDto, AudiencePerson } from '../../../src/dispatch/audience.dto.js';
import { t } from '../i18n/i18n.js';

/** The people of a unit, as the order would tell them. */
export const peopleOf = (audience: AudienceDto | null, unitId: string): AudiencePerson[] =>
  audience?.units.find((unit) => unit.unitId === unitId)?.people ?? [];

/** By which ways a person is told and when, in the order of the person's own: + at the same time, → later. */
export function waysText({ ways, callAfterS }: AudiencePerson): string {
  const called = callAfterS === null ? '' : ` → ${t('audience.after', { way: t('channel.voice'), seconds: callAfterS })}`; // prettier-ignore
  const written = ways
    .map(({ way, afterS, lacks }, n) => {
      const name = t(`channel.${way}`);
      const words = lacks
        ? t('audience.lacks', { way: name, why: t(`funnel.${lacks}`) })
        : afterS
          ? t('audience.after', { way: name, seconds: afterS })
          : name;
      if (n === 0) return words;
      return (afterS ?? 0) > (ways[n - 1]!.afterS ?? 0) ? ` → ${words}` : ` + ${words}`;
    })
    .join('');
  return written + called;
}

/** The turn of a person: the first is told at once, the next when nobody has answered. */
export const turnText = ({ turnS }: AudiencePerson): string | null =>
  turnS === 0 ? null : t('audience.turn', { minutes: Math.round(turnS / 6) / 10 });
