import { z } from 'zod';
import {
  day, email, factTimes, flag, headcount, id, instant, page, pageQuery, phone, point, pointIn, reason, shortText, text, version,
} from '../shared/fields.dto.js'; // prettier-ignore

export const SPECIALITIES = [
  'search-rescue', 'water', 'relief', 'medical', 'psychosocial', 'water-supply', 'sanitation', 'telecom', 'logistics', 'mountain',
] as const; // prettier-ignore
export const speciality = z.enum(SPECIALITIES);
export type Speciality = z.infer<typeof speciality>;
export const teamGrade = z.enum(['national', 'provincial', 'city', 'county']);

export const isPlace = (lon: number, lat: number) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
/** A WGS 84 point in a query: lon,lat. */
export const near = z
  .string()
  .regex(/^-?\d+(\.\d+)?,-?\d+(\.\d+)?$/)
  .refine((text) => isPlace(...(text.split(',').map(Number) as [number, number])));

/** What a unit is booked for; written by dispatch in the transaction that books it. */
export const unitBooking = z.object({ assignmentId: id, incidentId: id, status: z.string(), since: instant });
export type UnitBooking = z.infer<typeof unitBooking>;

/** available: may be sent now. booked: on an assignment. stood-down, not-ready: see reasons. */
export const unitState = z.enum(['available', 'booked', 'not-ready', 'stood-down']);

export const teamUnitDto = z.object({
  id, teamId: id, teamCode: z.string(), teamName: z.string(), code: z.string(), name: z.string(), societyId: id, speciality,
  capabilities: z.array(speciality), headcount: z.int(), state: unitState, standBy: z.boolean(), reasons: z.array(reason),
  departureTargetMin: z.int(), base: point, position: point, positionAt: instant.nullable(), stateSince: instant,
  booking: unitBooking.nullable(), version,
}); // prettier-ignore
export type TeamUnitDto = z.infer<typeof teamUnitDto>;

export const teamDto = z.object({
  id, code: z.string(), name: z.string(), nameEn: z.string(), speciality, societyId: id, grade: teamGrade, departureTargetMin: z.int(),
  base: point, members: z.int(), leaderName: z.string().nullable(), leaderPhone: z.string().nullable(),
  deputyName: z.string().nullable(), deputyPhone: z.string().nullable(), version,
}); // prettier-ignore
export type TeamDto = z.infer<typeof teamDto>;
export const teamWithUnits = teamDto.extend({ units: z.array(teamUnitDto), distanceM: z.int().nullable() });
export type TeamWithUnits = z.infer<typeof teamWithUnits>;
export const teamPage = page(teamWithUnits);

export const teamsQuery = z.object({
  near: near.optional(), speciality: speciality.optional(), available: flag.optional(),
  societyId: id.optional(), ...pageQuery,
}); // prettier-ignore
export type TeamsQuery = z.infer<typeof teamsQuery>;

export const registerTeam = z.object({
  id: id.optional(), code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{2,39}$/), name: shortText, nameEn: shortText, speciality, societyId: id,
  grade: teamGrade.default('county'), departureTargetMin: z.int().min(1).max(2880), base: pointIn,
}); // prettier-ignore
export type RegisterTeam = z.infer<typeof registerTeam>;
export const amendTeam = z.object({
  version, name: shortText.optional(), nameEn: shortText.optional(), departureTargetMin: z.int().min(1).max(2880).optional(),
  base: pointIn.optional(),
}); // prettier-ignore
export type AmendTeam = z.infer<typeof amendTeam>;

export const formUnit = z.object({
  id: id.optional(), code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{2,39}$/), name: shortText, capabilities: z.array(speciality).min(1).max(10),
  headcount,
}); // prettier-ignore
export type FormUnit = z.infer<typeof formUnit>;

export const credentialKind = z.enum([
  'first-aid',
  'boat',
  'rope',
  'drone',
  'doctor',
  'nurse',
  'psychology',
  'radio',
  'driver',
]);
export const enrolMember = z.object({
  id: id.optional(), name: shortText, phone, email: email.nullish(), position: z.enum(['leader', 'deputy', 'member']).default('member'), unitId: id.nullish(),
  insuredUntil: day.nullish(),
  credentials: z.array(z.object({ kind: credentialKind, number: shortText, validUntil: day })).max(20).default([]),
}); // prettier-ignore
export type EnrolMember = z.infer<typeof enrolMember>;
export const memberDto = z.object({
  id, teamId: id, unitId: id.nullable(), userId: id.nullable(), name: z.string(), phone: z.string(), email: z.string().nullable(),
  position: z.enum(['leader', 'deputy', 'member']), insuredUntil: day.nullable(),
  credentials: z.array(z.object({ id, kind: credentialKind, number: z.string(), validUntil: day })), version,
}); // prettier-ignore
export type MemberDto = z.infer<typeof memberDto>;
/** Where mails to a member go; null: nowhere. */
export const changeMemberEmail = z.object({ email: email.nullable(), version });
export type ChangeMemberEmail = z.infer<typeof changeMemberEmail>;
export const memberPage = page(memberDto);

export const addEquipment = z.object({
  id: id.optional(), unitId: id.nullish(), kind: z.string().regex(/^[a-z0-9-]{2,40}$/), name: shortText, quantity: z.int().min(1).max(10_000),
  inspectionDueOn: day.nullish(), status: z.enum(['ready', 'in-repair']).default('ready'),
}); // prettier-ignore
export type AddEquipment = z.infer<typeof addEquipment>;
export const equipmentDto = z.object({
  id, teamId: id, unitId: id.nullable(), kind: z.string(), name: z.string(), quantity: z.int(), inspectionDueOn: day.nullable(),
  status: z.enum(['ready', 'in-repair']), version,
}); // prettier-ignore
export type EquipmentDto = z.infer<typeof equipmentDto>;
export const equipmentPage = page(equipmentDto);

/** state says whether the team could be sent now; reasons say why not, or what to watch: `params.effect` is blocks, limits or warns. */
export const readinessDto = z.object({
  teamId: id, state: z.enum(['ready', 'limited', 'not-ready']), reasons: z.array(reason),
  units: z.array(z.object({ unitId: id, state: unitState, reasons: z.array(reason) })),
}); // prettier-ignore
export type ReadinessDto = z.infer<typeof readinessDto>;

export const standBy = z.object({ unitIds: z.array(id).max(50).optional(), reason: text.optional(), ...factTimes });
export type StandBy = z.infer<typeof standBy>;
export const reportPosition = z.object({ location: pointIn, ...factTimes });
export type ReportPosition = z.infer<typeof reportPosition>;
export const listQuery = z.object(pageQuery);
export type ListQuery = z.infer<typeof listQuery>;
export const teamUnitPage = page(teamUnitDto);
