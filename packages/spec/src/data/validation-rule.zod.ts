import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { MachineNameSchema } from '../shared/names.zod.js';
import { ExpressionSchema } from './expression.zod.js';

const Flag = z.boolean().optional();
const Text = z.string().optional();
const Params = z.record(z.string(), z.unknown()).optional();
const Milliseconds = z.number().optional();

const ruleBase = {
  name: MachineNameSchema.describe('Name of the rule. Carried, not enforced.'),
  label: Text.describe('Text that a person sees. Carried, not enforced.'),
  description: Text.describe('What the rule is for. Carried, not enforced.'),
  active: Flag.describe('Whether the rule counts. Absent: true.'),
  events: z
    .array(z.enum(['insert', 'update', 'delete']))
    .optional()
    .describe('Writes that are checked. Absent: insert and update. Carried, not enforced.'),
  priority: z
    .int()
    .min(0)
    .max(9999)
    .optional()
    .describe('Lower ones are checked first. Absent: 100. Carried, not enforced.'),
  tags: z.array(z.string()).optional().describe('Words to find the rule by. Carried, not enforced.'),
  severity: z
    .enum(['error', 'warning', 'info'])
    .optional()
    .describe('Severity of a violation. Absent: error. Carried, not enforced.'),
  message: z.string().describe('Message shown to the user when the rule is violated. Carried, not enforced.'),
};
const kind = <const T extends string>(type: T) => z.literal(type).describe('Kind of rule.');
const Field = z.string().describe('Field that is checked. Carried, not enforced.');
const Condition = ExpressionSchema.describe(
  'Breach: the rule is broken where it holds. Carried, not enforced.',
);

export const UniqueValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('unique'),
      fields: z.array(z.string()).min(1).describe('Fields whose values together must not repeat.'),
      scope: ExpressionSchema.optional().describe(
        'Records among which they must not. Carried, not enforced.',
      ),
      caseSensitive: Flag.describe('Whether upper and lower case differ. Absent: true.'),
    })),
  )
  .describe('No two records share these values. Acted on: a unique index.');
export type UniqueValidation = z.infer<typeof UniqueValidationSchema>;

export const ScriptValidationSchema = z
  .looseObject(lazyShape(() => ({ ...ruleBase, type: kind('script'), condition: Condition })))
  .describe('A condition over one record. Carried, not enforced.');
export type ScriptValidation = z.infer<typeof ScriptValidationSchema>;

export const StateMachineValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('state_machine'),
      field: Field,
      transitions: z
        .record(z.string(), z.array(z.string()))
        .describe('Values that may follow each value. Carried, not enforced.'),
    })),
  )
  .describe('Which value may follow which. Carried, not enforced.');
export type StateMachineValidation = z.infer<typeof StateMachineValidationSchema>;

export const FormatValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('format'),
      field: Field,
      regex: Text.describe('Regular expression that a value matches. Carried, not enforced.'),
      format: z
        .enum(['email', 'url', 'phone', 'json'])
        .optional()
        .describe('Form that a value has. Carried, not enforced.'),
    })),
  )
  .describe('The form of a text. Carried, not enforced.');
export type FormatValidation = z.infer<typeof FormatValidationSchema>;

export const CrossFieldValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('cross_field'),
      condition: Condition,
      fields: z.array(z.string()).describe('Fields that the condition reads. Carried, not enforced.'),
    })),
  )
  .describe('A condition over several fields of a record. Carried, not enforced.');
export type CrossFieldValidation = z.infer<typeof CrossFieldValidationSchema>;

export const JSONValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('json_schema'),
      field: Field,
      schema: z.record(z.string(), z.unknown()).describe('JSON Schema of its value. Carried, not enforced.'),
    })),
  )
  .describe('The shape of a JSON value. Carried, not enforced.');
export type JSONValidation = z.infer<typeof JSONValidationSchema>;

export const AsyncValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('async'),
      field: Field,
      validatorUrl: Text.describe('Address that is asked. Carried, not enforced.'),
      method: z
        .enum(['GET', 'POST'])
        .optional()
        .describe('How it is asked. Absent: GET. Carried, not enforced.'),
      headers: z
        .record(z.string(), z.string())
        .optional()
        .describe('HTTP headers, without secrets. Carried, not enforced.'),
      validatorFunction: Text.describe('Function that is asked instead. Carried, not enforced.'),
      timeout: Milliseconds.describe('Longest wait in milliseconds. Absent: 5000. Carried, not enforced.'),
      debounce: Milliseconds.describe('Pause in typing before it is asked. Carried, not enforced.'),
      params: Params.describe('What is sent along. Carried, not enforced.'),
    })),
  )
  .describe('Rule that an external service checks. Carried, not enforced.');
export type AsyncValidation = z.infer<typeof AsyncValidationSchema>;

export const CustomValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('custom'),
      handler: z.string().describe('Name of the program that checks. Carried, not enforced.'),
      params: Params.describe('What it is given. Carried, not enforced.'),
    })),
  )
  .describe('A check by a program of the author. Carried, not enforced.');
export type CustomValidation = z.infer<typeof CustomValidationSchema>;

const PlainRuleSchema = z.discriminatedUnion('type', [
  UniqueValidationSchema,
  ScriptValidationSchema,
  StateMachineValidationSchema,
  FormatValidationSchema,
  CrossFieldValidationSchema,
  JSONValidationSchema,
  AsyncValidationSchema,
  CustomValidationSchema,
]);
const conditionalBase = {
  ...ruleBase,
  type: kind('conditional'),
  when: ExpressionSchema.describe('Decides which rule is checked. Carried, not enforced.'),
};

/** Written out, because a rule that holds rules has no type that could be inferred. */
interface Branches {
  then: ValidationRule;
  otherwise?: ValidationRule | undefined;
}
/** The narrow type of a schema: comparing two by all that they can do takes the compiler a second. */
type RuleSchema = z.core.$ZodType<ValidationRule, ValidationRule>;

export const ConditionalValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...conditionalBase,
      // biome-ignore lint/suspicious/noThenProperty: the name that authors write
      get then(): RuleSchema {
        return ValidationRuleSchema.describe('Rule where it holds. Carried, not enforced.');
      },
      get otherwise(): z.ZodOptional<RuleSchema> {
        const rule: RuleSchema = ValidationRuleSchema;
        return z.optional(rule).describe('Rule where it does not. Carried, not enforced.');
      },
    })),
  )
  .describe('A rule that is checked only sometimes. Carried, not enforced.');
export type ConditionalValidation = z.infer<z.ZodObject<typeof conditionalBase, z.core.$loose>> & Branches;

export const ValidationRuleSchema = z
  .discriminatedUnion('type', [...PlainRuleSchema.options, ConditionalValidationSchema])
  .describe('A rule about the records of an object.');
export type ValidationRule = z.infer<typeof PlainRuleSchema> | ConditionalValidation;
