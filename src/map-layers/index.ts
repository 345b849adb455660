export { MapLayersModule } from './map-layers.module.js';
export { MapLayersService } from './map-layers.service.js';
export { mapLayerRows } from './map-layers.store.js';
