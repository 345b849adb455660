import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sampleInstance } from '../../src/suggestions/planner/flow/instances.samples.js';
import { planSupplies } from '../../src/suggestions/planner/flow/plan-supplies.rules.js';
import type { SupplyPolicy } from '../../src/suggestions/planner/flow/supplies.types.js';
import { verifySupplies } from '../../src/suggestions/planner/verify-plan/verify-supplies.rules.js';

const file = fileURLToPath(import.meta.url);

/**
 * Most memory (resident, MB) that a process of its own takes: `peakMb` when it makes the national instance, plans it and checks
 * the plan; `floorMb` when it only makes the instance, Node included.
 */
export async function nationalMemory(policy: SupplyPolicy): Promise<{ peakMb: number; floorMb: number }> {
  return { floorMb: await peakOf('floor', policy), peakMb: await peakOf('plan', policy) };
}

async function peakOf(work: 'floor' | 'plan', policy: SupplyPolicy): Promise<number> {
  const child = fork(file, [work, JSON.stringify(policy)]);
  const [answer] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown];
  if (typeof answer !== 'object') throw new Error(`the national process ended with ${String(answer)}`);
  return (answer as { peakMb: number }).peakMb;
}

/** Since this program began, where Linux tells it: `maxRSS` starts with what the process that started it held. */
function peakMb(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const peakKb = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return (peakKb ? Number(peakKb) : process.resourceUsage().maxRSS) / 1024;
}

if (process.argv[1] === file && process.send) {
  const n = sampleInstance('L', 1);
  const policy = JSON.parse(process.argv[3]!) as SupplyPolicy;
  if (process.argv[2] === 'plan') verifySupplies(n, policy, planSupplies(n, policy));
  process.send({ peakMb: peakMb() }, () => process.exit(0));
}
