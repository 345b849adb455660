export { accountsOf } from './accounts.js';
export { DemoModule } from './demo.module.js';
export { DemoPapers } from './papers.service.js';
