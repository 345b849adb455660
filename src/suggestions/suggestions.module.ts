import { Module } from '@nestjs/common';
import { DispatchModule } from '../dispatch/index.js';
import { TravelModule } from '../travel/index.js';
import { FactsReader } from './facts.js';
import { PlannerService } from './planner.service.js';
import { RefreshService } from './refresh.service.js';
import { SolveService } from './solve.service.js';
import { SuggestionJobs } from './suggestion-jobs.service.js';
import { SuggestionProcessor } from './suggestion.processor.js';
import { SuggestionService } from './suggestion.service.js';
import { SuggestionsController } from './suggestions.controller.js';
import { TogetherThread } from './together/together-thread.js';
import { TogetherController } from './together/together.controller.js';
import { TogetherService } from './together/together.service.js';

@Module({
  imports: [DispatchModule, TravelModule],
  controllers: [TogetherController, SuggestionsController],
  providers: [
    FactsReader,
    PlannerService,
    SuggestionJobs,
    SolveService,
    RefreshService,
    SuggestionProcessor,
    SuggestionService,
    TogetherThread,
    TogetherService,
  ],
})
export class SuggestionsModule {}
