import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { DispatchModule } from '../dispatch/index.js';
import { FactsReader } from './facts.js';
import { OsrmRouter } from './osrm-router.js';
import { PlannerService } from './planner.service.js';
import { RefreshService } from './refresh.service.js';
import { Router, StraightLineRouter } from './router.js';
import { SolveService } from './solve.service.js';
import { SuggestionJobs } from './suggestion-jobs.service.js';
import { SuggestionProcessor } from './suggestion.processor.js';
import { SuggestionService } from './suggestion.service.js';
import { SuggestionsController } from './suggestions.controller.js';

@Module({
  imports: [DispatchModule],
  controllers: [SuggestionsController],
  providers: [
    {
      provide: Router,
      inject: [CONFIG],
      useFactory: ({ ROUTER_URL }: Config) => (ROUTER_URL ? new OsrmRouter(ROUTER_URL) : new StraightLineRouter()),
    },
    FactsReader,
    PlannerService,
    SuggestionJobs,
    SolveService,
    RefreshService,
    SuggestionProcessor,
    SuggestionService,
  ],
})
export class SuggestionsModule {}
