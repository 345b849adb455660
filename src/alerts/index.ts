export { AlertsModule } from './alerts.module.js';
export { AlertChannel, type OutgoingAlert } from './channel.service.js';
export { DeliveryService, linkHash } from './delivery.service.js';
export {
  alertFunnel, alertOfAnswer, findAlert, linkedAlert, lockAlert, lockAlertOfAssignment, openAlertRows, overdueAlerts, type AlertRow,
} from './alerts.store.js'; // prettier-ignore
export { deliveryByToken, useToken } from './deliveries.store.js';
export {
  moveAlertOn, peopleTold, raiseAlert, recordAnswer, standDownAlerts, stopAlert, type NewAnswer, type RaiseAlert,
} from './runs.service.js'; // prettier-ignore
export type { AlertPerson, AlertStep } from './run.rules.js';
