import { z } from 'zod';
import { channel } from '../../alerts/alerts.dto.js';
import { id, instant, page, pageQuery, version } from '../../shared/fields.dto.js';

/** planned → handed (the provider has it) → receipt (the app showed it) or confirmed (its link was opened); or failed. */
export const TEST_STAGES = ['planned', 'handed', 'receipt', 'confirmed', 'failed'] as const;
export const testStage = z.enum(TEST_STAGES);
export type TestChannel = z.infer<typeof channel>;
export type TestStage = z.infer<typeof testStage>;
/** reached: by one channel at least. unconfirmed: handed over, and nothing came back. failed: no channel took it, or there is none. */
export const REACHES = ['reached', 'unconfirmed', 'failed'] as const;
export const reach = z.enum(REACHES);
export type Reach = z.infer<typeof reach>;

/** waitsUntil: for the quiet hours of the person. */
export const testedPersonDto = z.object({
  memberId: id.nullable(), userId: id.nullable(), teamId: id.nullable(), name: z.string(), reach,
  channels: z.array(z.object({ channel, stage: testStage, stageAt: instant, attempts: z.int(), failure: z.string().nullable(), waitsUntil: instant.nullable() })),
}); // prettier-ignore
export type TestedPersonDto = z.infer<typeof testedPersonDto>;
export const reachCounts = z.object({ reached: z.int(), unconfirmed: z.int(), failed: z.int() });
/** While it runs (until endsAt) somebody may still confirm; then it counts. */
export const channelTestDto = z.object({
  id, societyId: id, startedAt: instant, endsAt: instant, closedAt: instant.nullable(), startedBy: z.string(), counts: reachCounts, version,
}); // prettier-ignore
export type ChannelTestDto = z.infer<typeof channelTestDto>;
export const channelTestPage = page(channelTestDto);
export const channelTestViewDto = channelTestDto.extend({ people: z.array(testedPersonDto) });
export type ChannelTestViewDto = z.infer<typeof channelTestViewDto>;
export const startTest = z.object({ id: id.optional(), societyId: id });
export type StartTest = z.infer<typeof startTest>;
export const testsQuery = z.object({ societyId: id, ...pageQuery });
export type TestsQuery = z.infer<typeof testsQuery>;
