import * as z from 'zod';

export const PageRequestSchema = z
  .strictObject({
    limit: z.int().min(1).max(200).default(50).describe('Maximum number of items to return. Defaults to 50.'),
    cursor: z
      .string()
      .min(1)
      .max(1_000)
      .optional()
      .describe(
        'Position to continue after: `nextCursor` of the previous page. If omitted, the first page is returned.',
      ),
  })
  .describe('Request for one page of a list.');
export type PageRequest = z.infer<typeof PageRequestSchema>;
export type PageRequestInput = z.input<typeof PageRequestSchema>;

/** Property of every page; `null` on the last one. */
export const NextCursorSchema = z
  .string()
  .nullable()
  .describe('Cursor of the next page, to be passed unchanged; null if this is the last page.');
export type NextCursor = z.infer<typeof NextCursorSchema>;
