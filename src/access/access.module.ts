import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CONFIG } from '../config.js';
import { Database, DatabaseClock, openClock } from '../database/index.js';
import { Clock } from '../shared/clock.js';
import { AccessController } from './access.controller.js';
import { AccessGuard } from './access.guard.js';
import { AccessService } from './access.service.js';
import { AccountsController } from './accounts.controller.js';
import { AccountsService } from './accounts.service.js';

@Global()
@Module({
  controllers: [AccessController, AccountsController],
  providers: [
    { provide: Clock, inject: [CONFIG, Database, DatabaseClock], useFactory: openClock },
    AccessService,
    AccountsService,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Clock, AccessService, AccountsService],
})
export class AccessModule {}
