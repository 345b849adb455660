import { Global, Module } from '@nestjs/common';
import { JournalFeed } from './journal-feed.js';

@Global()
@Module({ providers: [JournalFeed], exports: [JournalFeed] })
export class JournalModule {}
