import type { Tx } from '../database/index.js';
import type { AlertDto } from './alerts.dto.js';
export { AlertsModule } from './alerts.module.js';
export const openAlertRows = async (_tx: Tx, _keys: string[]): Promise<AlertDto[]> => [];
