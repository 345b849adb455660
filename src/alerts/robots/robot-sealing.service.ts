import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { Database, inTransaction, read } from '../../database/index.js';
import { RobotKey } from './robot-key.js';
import { plainRobots, saveSealed } from './robot.store.js';

/** Seals at the start what was kept in the clear before; whatever is wrong with the key, the program starts. */
@Injectable()
export class RobotSealing implements OnApplicationBootstrap {
  private readonly log = new Logger('robots');

  constructor(
    private readonly db: Database,
    private readonly key: RobotKey,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.drill) return; // a drill has no robots
    try {
      const sealed = await this.sealAll();
      if (sealed > 0) this.log.warn(`what opens ${sealed} group robots is sealed now`);
    } catch (error) {
      this.log.error(`what opens group robots is not sealed: ${String(error)}`);
    }
  }

  /** Answers how many were in the clear. */
  async sealAll(): Promise<number> {
    const open = (await read(this.db, (tx) => plainRobots(tx))).length;
    if (open === 0) return 0;
    const seal = await this.key.sealer();
    return inTransaction(this.db, async (tx) => {
      const robots = await plainRobots(tx, 'for no key update');
      for (const robot of robots) await saveSealed(tx, seal(robot));
      return robots.length;
    });
  }
}
