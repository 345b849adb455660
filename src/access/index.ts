export { AccessModule } from './access.module.js';
export { AccessService } from './access.service.js';
export { AccountsService } from './accounts.service.js';
export {
  Anyone,
  CurrentActor,
  isFromOtherSite,
  MayDo,
  SignedIn,
  drillCookie,
  drillPath,
  sessionToken,
  WHO,
  type Who,
} from './access.guard.js';
export type { Action } from './actions.data.js';
export { allow, canSee, may, visibleOr404 } from './actions.rules.js';
export { systemActor, type Actor } from './actor.js';
export { answerUnder, inCommand } from './command.js';
export {
  allSocieties,
  findSocieties,
  findSociety,
  nearestSociety,
  peopleWith,
  toSocietyDto,
  type SocietyRow,
} from './access.store.js';
export { hashPassword } from './passwords.js';
export { EVERYONE, isWithin, pathKeys, resourceKeys, teamKey, userKey, warehouseKey } from './scope.rules.js';
