import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../access/index.js';
import { id } from '../shared/fields.dto.js';
import {
  type AddBin,
  addBin,
  type OpenWarehouse,
  openWarehouse,
  type WarehousesQuery,
  warehousesQuery,
} from './relief-stock.dto.js';
import { WarehouseService } from './warehouse.service.js';

@ApiTags('stock')
@Controller('warehouses')
export class WarehouseController {
  constructor(private readonly warehouses: WarehouseService) {}

  @Get()
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Query({ schema: warehousesQuery }) query: WarehousesQuery) {
    return this.warehouses.warehouses(actor, query);
  }

  @Post()
  @MayDo('warehouse.manage')
  open(@CurrentActor() actor: Actor, @Body({ schema: openWarehouse }) body: OpenWarehouse) {
    return this.warehouses.openWarehouse(actor, body);
  }

  @Get(':id/bins')
  @SignedIn()
  bins(@CurrentActor() actor: Actor, @Param('id', { schema: id }) warehouseId: string) {
    return this.warehouses.bins(actor, warehouseId);
  }

  @Post(':id/bins')
  @MayDo('warehouse.manage')
  addBin(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) warehouseId: string,
    @Body({ schema: addBin }) body: AddBin,
  ) {
    return this.warehouses.addBin(actor, warehouseId, body);
  }
}
