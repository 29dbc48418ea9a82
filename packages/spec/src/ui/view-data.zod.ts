import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';

const Text = z.string().optional();
const Anything = z.record(z.string(), z.unknown()).optional();

export const HttpRequestSchema = z
  .looseObject(
    lazyShape(() => ({
      url: z.string().describe('Address that is asked.'),
      method: z
        .enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
        .optional()
        .describe('How it is asked. Absent: GET.'),
      headers: z.record(z.string(), z.string()).optional().describe('HTTP headers, without secrets.'),
      params: Anything.describe('Parameters of the query.'),
      body: z.unknown().optional().describe('What is sent.'),
    })),
  )
  .describe('A call over HTTP. Nothing here makes it.');
export type HttpRequest = z.infer<typeof HttpRequestSchema>;

export const ViewDataSchema = z
  .looseObject(
    lazyShape(() => ({
      provider: z.enum(['object', 'api', 'value']).describe('Where the records come from.'),
      object: Text.describe('Object whose records are shown, where an object provides them.'),
      read: HttpRequestSchema.optional().describe('How an api is asked for records.'),
      write: HttpRequestSchema.optional().describe('How an api is handed records.'),
      items: z.array(z.unknown()).optional().describe('The records themselves, where they are values.'),
    })),
  )
  .describe('Source of the records of a view.');
export type ViewData = z.infer<typeof ViewDataSchema>;

const FilterValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
]);

export const ViewFilterRuleSchema = z
  .looseObject(
    lazyShape(() => ({
      field: z.string().describe('Field that is compared.'),
      operator: z.string().describe('How it is compared, such as equals or greater_than.'),
      value: FilterValue.optional().describe('What it is compared with.'),
    })),
  )
  .describe('A condition on the records of a view.');
export type ViewFilterRule = z.infer<typeof ViewFilterRuleSchema>;

export const QuickFilterSchema = z
  .looseObject(
    lazyShape(() => ({
      field: z.string().describe('Field that is compared.'),
      label: Text.describe('Text that a person sees.'),
      operator: z
        .enum(['equals', 'not_equals', 'contains', 'in', 'is_null', 'is_not_null'])
        .optional()
        .describe('How it is compared. Absent: equals.'),
      value: FilterValue.optional().describe('What it is compared with.'),
    })),
  )
  .describe('A condition that a person switches on with one click.');
export type QuickFilter = z.infer<typeof QuickFilterSchema>;
