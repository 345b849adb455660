export { AlertsModule } from './alerts.module.js';
export { AlertChannel, ChannelDoors, type OutgoingAlert, ProviderRefused } from './channel.service.js';
export { ChannelStateService } from './providers/channel-state.service.js';
export { DeliveryService, linkHash } from './delivery.service.js';
export {
  alertFunnel, alertOfAnswer, findAlert, linkedAlert, lockAlert, lockAlertOfAssignment, openAlertRows, overdueAlerts, yesOfAssignment,
  type AlertRow,
} from './alerts.store.js'; // prettier-ignore
export { deliveryByToken, useToken } from './deliveries.store.js';
export {
  clampDeadlines, moveAlertOn, peopleTold, pullDeadlines, raiseAlert, recordAnswer, standDownAlerts, stopAlert, type NewAnswer, type RaiseAlert,
} from './runs.service.js'; // prettier-ignore
export { drillNamed, phoneKey, withoutDrillCode } from './drill-code.rules.js';
export { ANSWER_EXPECTED_MS, drillHasReply, drillReply, firstDrillTextTo, giveToDrill } from './drill-texts.store.js';
export { contactSettings } from './contact/contact.store.js';
export { callAfterS, quietUntil, waitsUntil, waysTo } from './contact/contact.rules.js';
export { type AlertPerson, type AlertStep, type Channel, urgentChannels } from './run.rules.js';
export { readingOfKey } from './providers/voice.rules.js';
export { type InboundReply, ReplyInbox } from './inbox.service.js';
export { answerOf, type Place, placeReply, toReading, type Why, whyOfWords } from './reply-place.rules.js';
export {
  findReply, insertReply, lockProviderId, lockReply, replyOfProvider, type ReplyRow, runsOfNumber, saveReply, toReplyDto, visibleReplies,
  waitingDeskKeys, waitingReplyRows,
} from './reply.store.js'; // prettier-ignore
export { type ParsedReply, parseReply } from './replies/reply.rules.js';
export { type CheckReading, placeCheck, readCheck } from './replies/check-words.rules.js';
