import { Module } from '@nestjs/common';
import { DispatchModule } from '../dispatch/index.js';
import { LiveController } from './live.controller.js';
import { LiveGateway } from './live.gateway.js';
import { PastService } from './past.service.js';
import { SnapshotService } from './snapshot.service.js';

@Module({
  imports: [DispatchModule],
  controllers: [LiveController],
  providers: [LiveGateway, PastService, SnapshotService],
  exports: [SnapshotService],
})
export class LiveModule {}
