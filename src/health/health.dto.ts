import { z } from 'zod';
import { channelStateDto } from '../alerts/providers/providers.dto.js';
import { anchorStateDto } from '../record/anchors/anchors.dto.js';
import { instant } from '../shared/fields.dto.js';

const part = z.enum(['ok', 'failed']);
/** How the system is, for those who keep it. The answer to anybody (`/api/health/ready`) says less. */
export const systemHealthDto = z.object({
  at: instant, startedAt: instant, version: z.string(), role: z.string(), database: part, databaseMs: z.int(), queue: part, sealer: part,
  sealerLagMs: z.int().nullable(), auditor: z.enum(['ok', 'silent']), lastAuditedAt: instant.nullable(),
  faults: z.array(z.object({ kind: z.string(), count: z.int() })), memoryMb: z.int(), machineAt: instant,
  anchors: anchorStateDto.nullable(), channels: channelStateDto.nullable(),
}); // prettier-ignore
export type SystemHealthDto = z.infer<typeof systemHealthDto>;
