import type { CatalogueService } from '../catalogue.service.js';
import type { ReceiptService } from '../receiving/receipt.service.js';
import { type ReceiptRowDto, receiptsQuery } from '../receiving/receipt.dto.js';
import {
  type ItemDto, levelsQuery, type LotDto, lotsQuery, type MovementDto, movementsQuery, pagedQuery,
  type StockLevelDto, type WarehouseDto, warehousesQuery,
} from '../relief-stock.dto.js'; // prettier-ignore
import type { StockService } from '../stock.service.js';
import type { WarehouseService } from '../warehouse.service.js';
import { type AnySheetList, type ListColumn, sheetList } from './sheet-lists.js';

const own = <Row>(kind: ListColumn<Row>['kind'], ...keys: (keyof Row & string)[]): ListColumn<Row>[] =>
  keys.map((key) => ({ key, kind, of: (row) => row[key] as string | number | null }));

interface Services {
  stock: StockService;
  catalogue: CatalogueService;
  warehouses: WarehouseService;
  receipts: ReceiptService;
}

/** The lists of relief stock. A list more is an entry more. */
export const stockLists = (services: Services): Record<string, AnySheetList> => ({
  ...bookLists(services),
  ...catalogueLists(services),
});

/** What lies where, and how it came and went. */
function bookLists({ stock, catalogue, receipts }: Services): Record<string, AnySheetList> {
  return {
    levels: sheetList({
      query: levelsQuery,
      page: (actor, query) => stock.levels(actor, query),
      columns: [
        { key: 'warehouse', kind: 'warehouse', of: (row: StockLevelDto) => row.warehouseId },
        { key: 'item', kind: 'item', of: (row) => row.itemId },
        ...own<StockLevelDto>('units', 'onHandUnits', 'reservedUnits', 'availableUnits', 'heldUnits', 'minimumUnits', 'targetUnits', 'maximumUnits'),
        ...own<StockLevelDto>('day', 'nearestExpiryOn'),
      ],
    }),
    lots: sheetList({
      query: lotsQuery,
      page: (actor, query) => catalogue.lots(actor, query),
      columns: [
        { key: 'item', kind: 'item', of: (row: LotDto) => row.itemId },
        { key: 'lotCode', kind: 'text', of: (row) => row.code },
        ...own<LotDto>('day', 'expiresOn', 'receivedOn'),
        { key: 'source', kind: 'text', of: (row) => row.source, words: 'lot.source.' },
        { key: 'lotState', kind: 'text', of: (row) => row.state, words: 'lot.state.' },
      ],
    }),
    movements: sheetList({
      query: movementsQuery,
      page: (actor, query) => stock.movements(actor, query),
      columns: [
        ...own<MovementDto>('instant', 'occurredAt', 'receivedAt'),
        // What opened the books has no paper and no place with a name.
        { key: 'document', kind: 'text', of: (row: MovementDto) => (row.reason === 'opening' ? null : row.document) },
        { key: 'reason', kind: 'text', of: (row) => row.reason, words: 'stock.reason.' },
        { key: 'item', kind: 'item', of: (row) => row.itemId }, { key: 'lot', kind: 'lot', of: (row) => row.lotId },
        { key: 'fromKind', kind: 'text', of: (row) => row.fromKind, words: 'place.kind.' }, { key: 'fromPlace', kind: 'text', of: (row) => (row.fromKind === 'opening' ? null : row.fromPlace) },
        { key: 'fromWarehouse', kind: 'warehouse', of: (row) => row.fromWarehouseId },
        { key: 'toKind', kind: 'text', of: (row) => row.toKind, words: 'place.kind.' }, ...own<MovementDto>('text', 'toPlace'),
        { key: 'toWarehouse', kind: 'warehouse', of: (row) => row.toWarehouseId }, ...own<MovementDto>('units', 'units'),
      ],
    }),
    receipts: sheetList({
      query: receiptsQuery,
      page: (actor, query) => receipts.receipts(actor, query),
      columns: [
        { key: 'number', kind: 'text', of: (row: ReceiptRowDto) => row.number }, { key: 'receiptAt', kind: 'instant', of: (row) => row.occurredAt },
        { key: 'warehouse', kind: 'warehouse', of: (row) => row.warehouseId }, { key: 'source', kind: 'text', of: (row) => row.source, words: 'lot.source.' },
        { key: 'sourceName', kind: 'text', of: (row) => row.sourceName },
        { key: 'receiptStatus', kind: 'text', of: (row) => row.status, words: 'receipt.status.' }, { key: 'lineCount', kind: 'units', of: (row) => row.lineCount },
        { key: 'receivedBy', kind: 'text', of: (row) => row.receivedBy }, { key: 'note', kind: 'text', of: (row) => row.note },
      ],
    }),
  }; // prettier-ignore
}

/** What there is to keep, and where it can be kept. */
function catalogueLists({ catalogue, warehouses }: Services): Record<string, AnySheetList> {
  return {
    items: sheetList({
      query: pagedQuery,
      page: (_actor, query) => catalogue.items(query),
      columns: [
        ...own<ItemDto>('text', 'code', 'name', 'nameEn'), ...own<ItemDto>('units', 'gbClass'), ...own<ItemDto>('text', 'gbCode', 'eicCode', 'unit'),
        { key: 'weightKg', kind: 'grams', of: (row) => row.weightG }, { key: 'volumeM3', kind: 'cm3', of: (row) => row.volumeCm3 },
        ...own<ItemDto>('units', 'shelfMonths'), { key: 'priceYuan', kind: 'fen', of: (row) => row.priceFen },
        { key: 'seasonMonths', kind: 'text', of: (row) => row.seasonMonths?.join(',') }, ...own<ItemDto>('units', 'minimumUseDays'),
      ],
    }),
    warehouses: sheetList({
      query: warehousesQuery,
      page: (actor, query) => warehouses.warehouses(actor, query),
      columns: [
        ...own<WarehouseDto>('text', 'code', 'name'), { key: 'tier', kind: 'text', of: (row) => row.tier, words: 'warehouse.tier.' },
        { key: 'society', kind: 'society', of: (row) => row.societyId }, { key: 'mode', kind: 'text', of: (row) => row.mode, words: 'warehouse.mode.' },
        ...own<WarehouseDto>('units', 'areaM2', 'dailyCapacityUnits'), ...own<WarehouseDto>('text', 'keeperName', 'keeperPhone'),
        { key: 'lon', kind: 'text', of: (row) => row.location.lon }, { key: 'lat', kind: 'text', of: (row) => row.location.lat },
      ],
    }),
  }; // prettier-ignore
}
