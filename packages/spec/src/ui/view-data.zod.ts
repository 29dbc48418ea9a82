import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';

const Text = z.string().optional();
const Anything = z.record(z.string(), z.unknown()).optional();

export const HttpRequestSchema = z
  .looseObject(
    lazyShape(() => ({
      url: z.string().describe('URL of the request.'),
      method: z
        .enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
        .optional()
        .describe('HTTP method. Defaults to GET.'),
      headers: z
        .record(z.string(), z.string())
        .optional()
        .describe('HTTP headers of the request; must not contain secrets.'),
      params: Anything.describe('Query parameters, by name.'),
      body: z.unknown().optional().describe('Body of the request, any JSON value.'),
    })),
  )
  .describe('HTTP request. This runtime does not send it.');
export type HttpRequest = z.infer<typeof HttpRequestSchema>;

export const ViewDataSchema = z
  .looseObject(
    lazyShape(() => ({
      provider: z
        .enum(['object', 'api', 'value'])
        .describe(
          'Type of data source. object: records of an object; api: an HTTP API; value: the records in items.',
        ),
      object: Text.describe('Name of the object, if the provider is object.'),
      read: HttpRequestSchema.optional().describe('HTTP request that reads records, if the provider is api.'),
      write: HttpRequestSchema.optional().describe(
        'HTTP request that writes records, if the provider is api.',
      ),
      items: z.array(z.unknown()).optional().describe('List of records, if the provider is value.'),
    })),
  )
  .describe('Data source of a view.');
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
      field: z.string().describe('Name of the field to compare.'),
      operator: z.string().describe('Comparison operator, for example equals or greater_than.'),
      value: FilterValue.optional().describe('Value to compare with.'),
    })),
  )
  .describe('Filter condition of a view.');
export type ViewFilterRule = z.infer<typeof ViewFilterRuleSchema>;

export const QuickFilterSchema = z
  .looseObject(
    lazyShape(() => ({
      field: z.string().describe('Name of the field to compare.'),
      label: Text.describe('Display name of the filter.'),
      operator: z
        .enum(['equals', 'not_equals', 'contains', 'in', 'is_null', 'is_not_null'])
        .optional()
        .describe('Comparison operator. Defaults to equals.'),
      value: FilterValue.optional().describe('Value to compare with.'),
    })),
  )
  .describe('Predefined filter that users can toggle.');
export type QuickFilter = z.infer<typeof QuickFilterSchema>;
