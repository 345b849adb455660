import { Module } from '@nestjs/common';
import { TravelModule } from '../../travel/index.js';
import { AdviceService } from './advice.service.js';
import { OfferService } from './offer.service.js';
import { OffersController } from './offers.controller.js';
import { RotationController } from './rotation/rotation.controller.js';
import { RotationFactsReader } from './rotation/rotation-facts.js';
import { RotationService } from './rotation/rotation.service.js';
import { RotationThread } from './rotation/rotation-thread.js';
import { ScenarioService } from './scenario.service.js';
import { StructureFactsReader } from './structure-facts.js';
import { StructureJobs } from './structure-jobs.service.js';
import { StructureSolveService } from './structure-solve.service.js';
import { StructureThread } from './structure-thread.js';
import { StructureController } from './structure.controller.js';
import { StructureProcessor } from './structure.processor.js';

@Module({
  imports: [TravelModule],
  controllers: [StructureController, OffersController, RotationController],
  providers: [
    ScenarioService,
    AdviceService,
    OfferService,
    RotationFactsReader,
    RotationService,
    RotationThread,
    StructureJobs,
    StructureFactsReader,
    StructureThread,
    StructureSolveService,
    StructureProcessor,
  ],
})
export class StructureModule {}
