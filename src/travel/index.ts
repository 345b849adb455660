export { type Conditions, type Speed } from './conditions.rules.js';
export { CrossingsService } from './crossings.service.js';
export { GroundService } from './ground.service.js';
export { orderWays, type OrderWay } from './order-way.js';
export { type Leg, Router, type Travel } from './router.js';
export { TravelModule } from './travel.module.js';
export { readConditions } from './travel.store.js';
export { provenanceOf, Ways, type WaysFound } from './ways.js';
export { NO_WAY, type Way, type WayLeg } from './ways.rules.js';
