import * as z from 'zod';

const DialectEnum = z.enum(['cel', 'cron', 'template']);

export const ExpressionSchema = z
  .union([
    z.string(),
    z.looseObject({
      dialect: DialectEnum.optional().describe('Language of the source.'),
      source: z.string().describe('The formula or condition itself.'),
    }),
  ])
  .describe('A formula or a condition: its source, or its source and the language it is written in.');
export type Expression = z.infer<typeof ExpressionSchema>;
