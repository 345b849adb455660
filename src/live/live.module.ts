import { Module } from '@nestjs/common';
import { LiveController } from './live.controller.js';
import { LiveGateway } from './live.gateway.js';
import { SnapshotService } from './snapshot.service.js';

@Module({ controllers: [LiveController], providers: [LiveGateway, SnapshotService], exports: [SnapshotService] })
export class LiveModule {}
