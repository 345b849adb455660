import { type DynamicModule, Global, Module } from '@nestjs/common';
import { AccessModule } from './access/index.js';
import { AlarmsModule } from './alarms/index.js';
import { AlertsModule } from './alerts/index.js';
import { ComparisonModule } from './comparison/index.js';
import { DemoModule } from './demo/index.js';
import { DrillsModule, DrillWorldModule } from './drills/index.js';
import { DispatchModule } from './dispatch/index.js';
import { DutyModule } from './duty/index.js';
import { IncidentsModule } from './incidents/index.js';
import { ScreensModule } from './screens/screens.module.js';
import { RecordModule } from './record/index.js';
import { KeepingModule, ReliefStockModule } from './relief-stock/index.js';
import { ReportsModule } from './reports/reports.module.js';
import { RescueTeamsModule } from './rescue-teams/index.js';
import { MapLayersModule } from './map-layers/index.js';
import { SettingsModule } from './settings/index.js';
import { StructureModule, SuggestionsModule } from './suggestions/index.js';
import { TravelModule } from './travel/index.js';
import { CONFIG, type Config } from './config.js';
import { DatabaseModule } from './database/index.js';
import { HealthModule } from './health/health.module.js';
import { JournalModule } from './journal/index.js';
import { LiveModule } from './live/live.module.js';
import { QueueModule } from './queue/index.js';

@Global()
@Module({})
class ConfigModule {}

const MODULES = [
  DatabaseModule,
  QueueModule,
  JournalModule,
  AccessModule,
  IncidentsModule,
  RescueTeamsModule,
  ReliefStockModule,
  KeepingModule,
  AlertsModule,
  DutyModule,
  AlarmsModule,
  SettingsModule,
  MapLayersModule,
  TravelModule,
  DispatchModule,
  SuggestionsModule,
  StructureModule,
  ComparisonModule,
  LiveModule,
  ScreensModule,
  RecordModule,
  ReportsModule,
  HealthModule,
];
/** Reality has drills, and may be a demonstration; a drill has a director. */
const REAL = [DemoModule, DrillsModule];
const DRILL = [DrillWorldModule];

@Module({})
export class AppModule {
  static with(config: Config): DynamicModule {
    const settings: DynamicModule = {
      module: ConfigModule,
      global: true,
      providers: [{ provide: CONFIG, useValue: config }],
      exports: [CONFIG],
    };
    return { module: AppModule, imports: [settings, ...MODULES, ...(config.drill ? DRILL : REAL)] };
  }
}
