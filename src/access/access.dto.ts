import { z } from 'zod';
import { email, id, phone, point, shortText, version } from '../shared/fields.dto.js';

export const ROLES = [
  'dutyOfficer', 'dutyLead', 'keeper', 'checker', 'teamLeader', 'member', 'auditor', 'supervisor', 'administrator',
] as const; // prettier-ignore
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

export const SOCIETY_LEVELS = ['province', 'city', 'county', 'township', 'partner'] as const;

export const societyDto = z.object({
  id, adcode: z.string(), name: z.string(), shortName: z.string(), level: z.enum(SOCIETY_LEVELS),
  parentId: id.nullable(), location: point, population: z.int(), version,
}); // prettier-ignore
export type SocietyDto = z.infer<typeof societyDto>;

export const signIn = z.object({ account: z.string().min(1).max(80), password: z.string().min(1).max(200) });
export type SignIn = z.infer<typeof signIn>;

export const grantDto = z.object({
  role, societyId: id, societyAdcode: z.string(), societyName: z.string(), teamId: id.nullable(), warehouseId: id.nullable(),
}); // prettier-ignore
export type GrantDto = z.infer<typeof grantDto>;

export const actorDto = z.object({
  userId: id, account: z.string(), name: z.string(), locale: z.enum(['zh-CN', 'en']), grants: z.array(grantDto),
}); // prettier-ignore
export type ActorDto = z.infer<typeof actorDto>;

export const sessionDto = z.object({ token: z.string(), expiresAt: z.iso.datetime(), actor: actorDto });
export type SessionDto = z.infer<typeof sessionDto>;

/** Ten characters at least; longer than this is no better and only costs time to hash. */
export const password = z.string().min(10).max(200);
export const changePassword = z.object({ current: z.string().min(1).max(200), next: password });
export type ChangePassword = z.infer<typeof changePassword>;
export const resetPassword = z.object({ password });
export type ResetPassword = z.infer<typeof resetPassword>;

/** Where mails to a person go; null: nowhere. */
export const changeEmail = z.object({ email: email.nullable() });
export type ChangeEmail = z.infer<typeof changeEmail>;

export const createUser = z.object({
  id: id.optional(), account: z.string().regex(/^[a-z0-9][a-z0-9._-]{2,59}$/), name: shortText, phone: phone.optional(), email: email.nullish(),
  societyId: id, password,
}); // prettier-ignore
export type CreateUser = z.infer<typeof createUser>;

const OF_A_TEAM: Role[] = ['teamLeader', 'member'];
const OF_A_WAREHOUSE: Role[] = ['keeper', 'checker'];
/** Leaders and members belong to one team; keepers and checkers to one warehouse or to all of a society; the others to a society. */
export const grantRole = z
  .object({ role, societyId: id, teamId: id.optional(), warehouseId: id.optional() })
  .refine((grant) => OF_A_TEAM.includes(grant.role) === (grant.teamId !== undefined), { path: ['teamId'] })
  .refine((grant) => grant.warehouseId === undefined || OF_A_WAREHOUSE.includes(grant.role), { path: ['warehouseId'] });
export type GrantRole = z.infer<typeof grantRole>;

export const userDto = z.object({
  id, account: z.string(), name: z.string(), phone: z.string().nullable(), email: z.string().nullable(), societyId: id, disabled: z.boolean(),
  roles: z.array(grantDto), version,
}); // prettier-ignore
export type UserDto = z.infer<typeof userDto>;
