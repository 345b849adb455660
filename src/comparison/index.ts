export { ComparisonModule } from './comparison.module.js';
export { ComparisonService } from './comparison.service.js';
export { FactorsService } from './factors.service.js';
