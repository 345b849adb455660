export { JobQueue, type JobData } from './job-queue.js';
export { QueueModule } from './queue.module.js';
