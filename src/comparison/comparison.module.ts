import { Module } from '@nestjs/common';
import { ComparisonController } from './comparison.controller.js';
import { ComparisonService } from './comparison.service.js';
import { FactorsService } from './factors.service.js';

@Module({
  controllers: [ComparisonController],
  providers: [ComparisonService, FactorsService],
  exports: [ComparisonService, FactorsService],
})
export class ComparisonModule {}
