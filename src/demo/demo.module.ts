import { Module } from '@nestjs/common';
import { IncidentsModule } from '../incidents/index.js';
import { ReliefStockModule } from '../relief-stock/index.js';
import { DemoService } from './demo.service.js';

@Module({ imports: [IncidentsModule, ReliefStockModule], providers: [DemoService] })
export class DemoModule {}
