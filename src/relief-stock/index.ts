import type { Tx } from '../database/index.js';
import type { WarehouseDto } from './relief-stock.dto.js';
import type { ItemDto } from './relief-stock.dto.js';
import type { StockLevelDto } from './relief-stock.dto.js';
export { ReliefStockModule } from './relief-stock.module.js';
export const warehouseRows = async (_tx: Tx, _keys: string[]): Promise<WarehouseDto[]> => [];
export const itemRows = async (_tx: Tx, _keys: string[]): Promise<ItemDto[]> => [];
export const levelRows = async (_tx: Tx, _keys: string[]): Promise<StockLevelDto[]> => [];
