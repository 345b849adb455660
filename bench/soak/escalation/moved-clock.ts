/**
 * Loaded before a process (`--import`): its wall clock is off by MOVED_CLOCK_MS and by what it is told while it runs. The steady counter and
 * the timers go on, as on a machine whose clock somebody sets.
 */
const True = Date;
let movedMs = Number(process.env.MOVED_CLOCK_MS ?? 0);
const now = () => True.now() + movedMs;

globalThis.Date = new Proxy(True, {
  construct: (target, args: unknown[], newTarget: () => void) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as object,
  apply: () => new True(now()).toString(),
  get: (target, key, receiver) => (key === 'now' ? now : (Reflect.get(target, key, receiver) as unknown)),
});

process.on('message', (message: { movedMs?: number }) => {
  if (message.movedMs !== undefined) movedMs = message.movedMs;
});
process.channel?.unref();
