import { Module } from '@nestjs/common';
import { IncidentsModule } from '../incidents/index.js';
import { DemoService } from './demo.service.js';

@Module({ imports: [IncidentsModule], providers: [DemoService] })
export class DemoModule {}
