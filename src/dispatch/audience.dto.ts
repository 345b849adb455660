import { z } from 'zod';
import { WAYS } from '../alerts/contact/contact.dto.js';
import { id } from '../shared/fields.dto.js';

/** units: their ids with commas between, as many as one mission sends. */
export const audienceQuery = z.object({
  units: z.string().max(8000).transform((text) => text.split(',').filter(Boolean)).pipe(z.array(id).min(1).max(50)),
}); // prettier-ignore
export type AudienceQuery = z.infer<typeof audienceQuery>;

/** afterS: seconds after the person's own turn; null when nothing leaves by this way, and `lacks` says why. */
export const audienceWay = z.object({
  way: z.enum(WAYS), afterS: z.int().nullable(), lacks: z.enum(['no-address', 'no-mail-server']).nullable(),
}); // prettier-ignore
/** Whom an order to a unit would tell now, in turn. turnS: seconds until the turn of the person while nobody answers. */
export const audiencePerson = z.object({
  role: z.enum(['leader', 'deputy']), name: z.string(), turnS: z.int(), ways: z.array(audienceWay),
  /** Seconds after the turn at which the telephone rings while nobody has answered; null where no calls are made. */
  callAfterS: z.int().nullable(),
  /** Quiet hours of the person on the clock of China; inQuiet: they are now, and the order rings all the same. */
  quiet: z.object({ from: z.string(), to: z.string() }).nullable(), inQuiet: z.boolean(),
}); // prettier-ignore
export type AudiencePerson = z.infer<typeof audiencePerson>;
export const audienceDto = z.object({ units: z.array(z.object({ unitId: id, people: z.array(audiencePerson) })) });
export type AudienceDto = z.infer<typeof audienceDto>;
