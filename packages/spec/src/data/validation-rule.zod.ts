import * as z from 'zod';
import { MachineNameSchema } from '../shared/names.zod.js';

const ruleBase = {
  name: MachineNameSchema,
  label: z.string().optional().describe('Text that a person sees.'),
  description: z.string().optional().describe('What the rule is for.'),
  active: z.boolean().optional().describe('Whether the rule counts. Absent: true.'),
  events: z
    .array(z.enum(['insert', 'update', 'delete']))
    .optional()
    .describe('Carried.'),
  priority: z.int().min(0).max(9999).optional().describe('Carried.'),
  tags: z.array(z.string()).optional().describe('Carried.'),
  severity: z.enum(['error', 'warning', 'info']).optional().describe('Carried.'),
  message: z.string().describe('What a person is told when the rule is broken.'),
};

export const UniqueValidationSchema = z
  .looseObject({
    ...ruleBase,
    type: z.literal('unique').describe('Kind of rule.'),
    fields: z.array(z.string()).min(1).describe('Fields whose values together must not repeat.'),
    scope: z.string().optional().describe('Carried.'),
    caseSensitive: z.boolean().optional().describe('Whether upper and lower case differ. Absent: true.'),
  })
  .describe('No two records share these values. Acted on: a unique index.');
export type UniqueValidation = z.infer<typeof UniqueValidationSchema>;

const carried = <const T extends string>(type: T) =>
  z
    .looseObject({
      ...ruleBase,
      type: z.literal(type).describe('Kind of rule.'),
      condition: z.string().optional().describe('Carried.'),
      field: z.string().optional().describe('Carried.'),
      fields: z.array(z.string()).optional().describe('Carried.'),
      transitions: z.record(z.string(), z.array(z.string())).optional().describe('Carried.'),
      regex: z.string().optional().describe('Carried.'),
      format: z.string().optional().describe('Carried.'),
      schema: z.unknown().optional().describe('Carried.'),
      validatorUrl: z.string().optional().describe('Carried.'),
      method: z.string().optional().describe('Carried.'),
      headers: z.unknown().optional().describe('Carried.'),
      validatorFunction: z.string().optional().describe('Carried.'),
      timeout: z.number().optional().describe('Carried.'),
      debounce: z.number().optional().describe('Carried.'),
      params: z.unknown().optional().describe('Carried.'),
      handler: z.string().optional().describe('Carried.'),
      when: z.string().optional().describe('Carried.'),
      // biome-ignore lint/suspicious/noThenProperty: the name that authors write
      then: z.unknown().optional().describe('Carried.'),
      otherwise: z.unknown().optional().describe('Carried.'),
    })
    .describe('Carried, not enforced.');

export const ValidationRuleSchema = z
  .discriminatedUnion('type', [
    UniqueValidationSchema,
    carried('script'),
    carried('state_machine'),
    carried('format'),
    carried('cross_field'),
    carried('json_schema'),
    carried('async'),
    carried('custom'),
    carried('conditional'),
  ])
  .describe('A rule about the records of an object.');
export type ValidationRule = z.infer<typeof ValidationRuleSchema>;
