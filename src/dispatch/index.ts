import type { Tx } from '../database/index.js';
import type { AssignmentDto } from './dispatch.dto.js';
import type { SupplyOrderDto } from './dispatch.dto.js';
export { DispatchModule } from './dispatch.module.js';
export const activeAssignmentRows = async (_tx: Tx, _keys: string[]): Promise<AssignmentDto[]> => [];
export const openSupplyOrderRows = async (_tx: Tx, _keys: string[]): Promise<SupplyOrderDto[]> => [];
