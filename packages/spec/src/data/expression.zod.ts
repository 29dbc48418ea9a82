import * as z from 'zod';

const DialectEnum = z.enum(['cel', 'cron', 'template']);

export const ExpressionSchema = z
  .union([
    z.string(),
    z.looseObject({
      dialect: DialectEnum.optional().describe(
        'Language of the source. cel: Common Expression Language; cron: cron schedule; template: text with placeholders.',
      ),
      source: z.string().describe('Source text of the formula or condition.'),
    }),
  ])
  .describe(
    'Formula or condition: either its source text, or an object with the source text and its language.',
  );
export type Expression = z.infer<typeof ExpressionSchema>;
