/** Processor time of this process so far, ms: all its threads, so also what compiling and collecting cost. Other work on the machine does not count. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export function timed<T>(work: () => T): { ms: number; result: T } {
  const began = cpuMs();
  const result = work();
  return { ms: cpuMs() - began, result };
}
