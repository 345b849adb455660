import { Module } from '@nestjs/common';
import { AnchorKey } from './anchors/anchor-key.js';
import { AnchorsController } from './anchors/anchors.controller.js';
import { AnchorService } from './anchors/anchors.service.js';
import { RecordController } from './record.controller.js';
import { RecordService } from './record.service.js';
import { RecordSearchService } from './search.service.js';

@Module({
  controllers: [RecordController, AnchorsController],
  providers: [RecordService, RecordSearchService, AnchorKey, AnchorService],
  exports: [AnchorService],
})
export class RecordModule {}
