import { Module } from '@nestjs/common';
import { RecordController } from './record.controller.js';
import { RecordService } from './record.service.js';
import { RecordSearchService } from './search.service.js';

@Module({ controllers: [RecordController], providers: [RecordService, RecordSearchService] })
export class RecordModule {}
