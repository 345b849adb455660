import { z } from 'zod';

/** Whether this database holds the demonstration: consoles offer their guided tour there and nowhere else. */
export const demoDto = z.object({ demo: z.boolean() });
export type DemoDto = z.infer<typeof demoDto>;
