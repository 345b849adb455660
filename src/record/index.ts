export { AnchorService } from './anchors/anchors.service.js';
export { RecordModule } from './record.module.js';
