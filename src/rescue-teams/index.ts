export { RescueTeamsModule } from './rescue-teams.module.js';
export { DutyService } from './duty.service.js';
export { RosterService } from './roster.service.js';
export { TeamsService } from './teams.service.js';
export type { Person, UnitForDispatch } from './rescue-teams.entity.js';
export { membersOfTeam, membersOfUnit, peopleOfSociety } from './roster.store.js';
export type { MemberDto, Speciality, TeamDto, TeamUnitDto, UnitBooking } from './rescue-teams.dto.js';
export {
  bookUnit, eachTeamRow, eachUnitRow, freeUnit, lockUnits, noteBooking, noteReach, teamRows, unitRows, unitRowsByIds, unitsForPlanning,
  unitsToTell,
} from './team-changes.service.js'; // prettier-ignore
