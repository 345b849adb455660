import { DEMO_MARK } from './societies.js';

/** What the papers of the demonstration say; invented, and marked so. */
export const PAPER_WORDS = {
  supplier: `浙江家纺供应商${DEMO_MARK}`,
  announced: `秋季补库，预计明日到货。${DEMO_MARK}`,
  counting: `已由库管员初点，等待第二人复点。${DEMO_MARK}`,
  transfer: `台风季前置：补充临海市前置库存。${DEMO_MARK}`,
  vehicle: '浙J·示0001',
  driver: `驾驶员甲${DEMO_MARK}`,
  driverPhone: '19900009999',
  recipient: `临海市困难群众救助站${DEMO_MARK}`,
  issue: `困难群众临时救助。${DEMO_MARK}`,
  count: `月末抽盘。${DEMO_MARK}`,
  damage: `梅雨季受潮，包装破损。${DEMO_MARK}`,
  shelter: `台州市黄岩区村居安置点${DEMO_MARK}`,
  shelterTitle: `黄岩安置点要毛巾被${DEMO_MARK}`,
  shelterNeeds: '内涝转移的六十人在村居安置点过夜，需要毛巾被。',
  shelterCaller: `安置点联系人${DEMO_MARK}`,
  shelterPhone: '19900009998',
  rotation: `临近有效期，先用于困难救助，供应商补新货。${DEMO_MARK}`,
} as const;
