import type { Tx } from '../database/index.js';
import type { TeamDto } from './rescue-teams.dto.js';
import type { TeamUnitDto } from './rescue-teams.dto.js';
export { RescueTeamsModule } from './rescue-teams.module.js';
export const teamRows = async (_tx: Tx, _keys: string[]): Promise<TeamDto[]> => [];
export const unitRows = async (_tx: Tx, _keys: string[]): Promise<TeamUnitDto[]> => [];
