import { Module } from '@nestjs/common';
import { ClocksService } from './clocks.service.js';
import { SettingsController } from './settings.controller.js';

@Module({ controllers: [SettingsController], providers: [ClocksService], exports: [ClocksService] })
export class SettingsModule {}
