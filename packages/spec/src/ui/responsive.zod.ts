import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';

const Flag = z.boolean().optional();
const Amount = z.number().optional();

export const BreakpointEnum = z
  .enum(['xs', 'sm', 'md', 'lg', 'xl', '2xl'])
  .describe('Width of a screen, from a phone to a wall.');
export type Breakpoint = z.infer<typeof BreakpointEnum>;

export const ResponsiveConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      breakpoint: BreakpointEnum.optional().describe('Narrowest screen on which it is shown.'),
      hiddenOn: z.array(BreakpointEnum).optional().describe('Screens on which it is hidden.'),
      columns: z
        .partialRecord(BreakpointEnum, z.number().min(1).max(12))
        .optional()
        .describe('Columns of twelve that it takes, by screen.'),
      order: z
        .partialRecord(BreakpointEnum, z.number())
        .optional()
        .describe('Place among others, by screen.'),
    })),
  )
  .describe('How a part of a page fits screens of different width.');
export type ResponsiveConfig = z.infer<typeof ResponsiveConfigSchema>;

export const PerformanceConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      lazyLoad: Flag.describe('Whether it is read only when it is seen.'),
      virtualScroll: z
        .looseObject({
          enabled: Flag.describe('Whether only rows that are seen are drawn. Absent: false.'),
          itemHeight: Amount.describe('Height of a row in pixels.'),
          overscan: Amount.describe('Rows that are drawn beyond those seen.'),
        })
        .optional()
        .describe('Drawing of long lists.'),
      cacheStrategy: z
        .enum(['none', 'cache-first', 'network-first', 'stale-while-revalidate'])
        .optional()
        .describe('Whether kept records or fresh ones are shown first.'),
      prefetch: Flag.describe('Whether the next page is read ahead.'),
      pageSize: Amount.describe('Records that are read at once.'),
      debounceMs: Amount.describe('Pause in typing before it is read again.'),
    })),
  )
  .describe('What a user interface does to be quick.');
export type PerformanceConfig = z.infer<typeof PerformanceConfigSchema>;
