import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';

const Flag = z.boolean().optional();
const Amount = z.number().optional();

export const BreakpointEnum = z
  .enum(['xs', 'sm', 'md', 'lg', 'xl', '2xl'])
  .describe('Screen width class, from xs (phones) to 2xl (very wide screens).');
export type Breakpoint = z.infer<typeof BreakpointEnum>;

export const ResponsiveConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      breakpoint: BreakpointEnum.optional().describe(
        'Narrowest screen width class at which the element is shown, for example md.',
      ),
      hiddenOn: z
        .array(BreakpointEnum)
        .optional()
        .describe('List of screen width classes at which the element is hidden.'),
      columns: z
        .partialRecord(BreakpointEnum, z.number().min(1).max(12))
        .optional()
        .describe('Number of columns of a 12-column grid that the element spans, by screen width class.'),
      order: z
        .partialRecord(BreakpointEnum, z.number())
        .optional()
        .describe('Position of the element among its siblings, by screen width class.'),
    })),
  )
  .describe('Adaptation of a user interface element to the screen width.');
export type ResponsiveConfig = z.infer<typeof ResponsiveConfigSchema>;

export const PerformanceConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      lazyLoad: Flag.describe(
        "Whether the element's data should be loaded only when the element becomes visible.",
      ),
      virtualScroll: z
        .looseObject({
          enabled: Flag.describe('Whether only the visible rows should be rendered. Defaults to false.'),
          itemHeight: Amount.describe('Height of a row in pixels.'),
          overscan: Amount.describe('Number of additional rows to render outside the visible area.'),
        })
        .optional()
        .describe('Virtual scrolling of long lists.'),
      cacheStrategy: z
        .enum(['none', 'cache-first', 'network-first', 'stale-while-revalidate'])
        .optional()
        .describe(
          'Caching strategy. none: no caching; cache-first: use cached data if available; network-first: use cached data only if a request fails; stale-while-revalidate: show cached data while it is reloaded.',
        ),
      prefetch: Flag.describe('Whether the next page should be loaded in advance.'),
      pageSize: Amount.describe('Number of records to load with each request.'),
      debounceMs: Amount.describe(
        'Delay between the last keystroke and the request for data, in milliseconds.',
      ),
    })),
  )
  .describe('Performance options of a user interface element.');
export type PerformanceConfig = z.infer<typeof PerformanceConfigSchema>;
