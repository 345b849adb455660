import type { Tx } from './database.js';

/** How the clock of a drill runs: at the real moment `realAt` it showed `drillAt`, and since then `speed` seconds pass in one (0: it stands). */
export interface ClockFace {
  realAt: Date;
  drillAt: Date;
  speed: number;
  version: number;
}

/** What the clock of a drill shows at a real moment. */
export const drillTime = ({ realAt, drillAt, speed }: Omit<ClockFace, 'version'>, real: Date): Date =>
  new Date(drillAt.getTime() + Math.round((real.getTime() - realAt.getTime()) * speed));

/**
 * The clock of a drill, in its own schema: `now()` and `clock_timestamp()` of a session whose search path begins there are these, in every
 * statement, default and trigger of the drill, and those of the server everywhere else.
 */
export async function keepClock(tx: Tx, schema: string, drillAt: Date): Promise<void> {
  await tx.query(`create table ${schema}.drill_clock (
    only_one boolean primary key default true check (only_one),
    real_at  timestamptz not null,
    drill_at timestamptz not null,
    speed    integer not null check (speed between 0 and 60),
    version  integer not null default 1
  )`);
  await tx.query(
    `insert into ${schema}.drill_clock (real_at, drill_at, speed) values (pg_catalog.clock_timestamp(), $1, 0)`,
    [drillAt],
  );
  for (const [name, kind] of [
    ['now', 'stable'],
    ['clock_timestamp', 'volatile'],
  ]) {
    await tx.query(`create function ${schema}.${name}() returns timestamptz language sql ${kind} as
      $$ select drill_at + (pg_catalog.${name}() - real_at) * speed from ${schema}.drill_clock $$`);
  }
}

export async function clockFace(tx: Tx): Promise<ClockFace> {
  const [row] = await tx.query<ClockFace>(
    `select real_at as "realAt", drill_at as "drillAt", speed, version from drill_clock`,
  );
  return row!;
}

/** The clock, which stood while the drill was made, begins to run. */
export async function beginClock(tx: Tx, speed: number): Promise<void> {
  await tx.query(`update drill_clock set real_at = pg_catalog.clock_timestamp(), speed = $1`, [speed]);
}

/** Another speed from this moment on: the clock goes on from what it shows. */
export async function setClockFace(tx: Tx, speed: number): Promise<ClockFace> {
  const [row] = await tx.query<ClockFace>(
    `update drill_clock set drill_at = drill_at + (moment - real_at) * speed, real_at = moment, speed = $1, version = version + 1
     from (select pg_catalog.clock_timestamp() as moment) it
     returning real_at as "realAt", drill_at as "drillAt", speed, version`,
    [speed],
  );
  return row!;
}
