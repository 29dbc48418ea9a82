import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { MachineNameSchema } from '../shared/names.zod.js';
import { type AnyShape, type StoredOnly, storedOnly } from '../shared/stored-only.js';
import { ExpressionSchema } from './expression.zod.js';

const Name = z.string();
const Names = z.array(Name);
const RequiredText = storedOnly(Name);
const Text = storedOnly(Name.optional());
const Json = z.record(Name, z.unknown());
const Params = storedOnly(Json.optional());
const Milliseconds = storedOnly(z.number().optional());
const Flag = z.boolean().optional();

const ruleBase = {
  name: storedOnly(MachineNameSchema).describe('Name of the rule. Stored, not interpreted.'),
  label: Text.describe('Display name of the rule. Stored, not interpreted.'),
  description: Text.describe("Description of the rule's purpose. Stored, not interpreted."),
  active: Flag.describe('Whether the rule is enabled. Default: true.'),
  events: storedOnly(z.array(z.enum(['insert', 'update', 'delete'])).optional()).describe(
    'List of writes that are checked. Default: insert and update. Stored, not interpreted.',
  ),
  priority: storedOnly(z.int().min(0).max(9999).optional()).describe(
    'Evaluation order; lower values are evaluated first. Default: 100. Stored, not interpreted.',
  ),
  tags: storedOnly(Names.optional()).describe(
    'List of keywords for finding the rule. Stored, not interpreted.',
  ),
  severity: storedOnly(z.enum(['error', 'warning', 'info']).optional()).describe(
    'Severity of a violation. Default: error. Stored, not interpreted.',
  ),
  message: RequiredText.describe('Message shown to the user on a violation. Stored, not interpreted.'),
};
const kind = <const T extends string>(type: T) => z.literal(type).describe('Type of validation rule.');
const Field = RequiredText.describe('Name of the field to validate. Stored, not interpreted.');
const Condition = storedOnly(ExpressionSchema).describe(
  'Condition that is true for invalid records. Stored, not interpreted.',
);

export const UniqueValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('unique'),
      fields: Names.min(1).describe('List of fields whose combination of values must be unique.'),
      scope: storedOnly(ExpressionSchema.optional()).describe(
        'Condition for records to compare. Stored, not interpreted.',
      ),
      caseSensitive: Flag.describe('Whether the comparison is case-sensitive. Default: true.'),
    })),
  )
  .describe('Uniqueness rule: no two records may have the same values. Enforced by a unique index.');
export type UniqueValidation = z.infer<typeof UniqueValidationSchema>;

export const ScriptValidationSchema = z
  .looseObject(lazyShape(() => ({ ...ruleBase, type: kind('script'), condition: Condition })))
  .describe('Rule with a condition on one record. Stored, not interpreted.');
export type ScriptValidation = z.infer<typeof ScriptValidationSchema>;

export const StateMachineValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('state_machine'),
      field: Field,
      transitions: storedOnly(z.record(Name, Names)).describe(
        'Allowed next values, by current value. Stored, not interpreted.',
      ),
    })),
  )
  .describe("Rule for the allowed transitions of a field's value. Stored, not interpreted.");
export type StateMachineValidation = z.infer<typeof StateMachineValidationSchema>;

export const FormatValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('format'),
      field: Field,
      regex: Text.describe('Regular expression that the value must match. Stored, not interpreted.'),
      format: storedOnly(z.enum(['email', 'url', 'phone', 'json']).optional()).describe(
        'Named format that the value must have. Stored, not interpreted.',
      ),
    })),
  )
  .describe('Rule for the format of a text. Stored, not interpreted.');
export type FormatValidation = z.infer<typeof FormatValidationSchema>;

export const CrossFieldValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('cross_field'),
      condition: Condition,
      fields: storedOnly(Names).describe('List of fields that the condition uses. Stored, not interpreted.'),
    })),
  )
  .describe('Rule with a condition on several fields of a record. Stored, not interpreted.');
export type CrossFieldValidation = z.infer<typeof CrossFieldValidationSchema>;

export const JSONValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('json_schema'),
      field: Field,
      schema: storedOnly(Json).describe(
        'JSON Schema that the value must conform to. Stored, not interpreted.',
      ),
    })),
  )
  .describe('Rule for the structure of a JSON value. Stored, not interpreted.');
export type JSONValidation = z.infer<typeof JSONValidationSchema>;

export const AsyncValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('async'),
      field: Field,
      validatorUrl: Text.describe('URL of the validation service. Stored, not interpreted.'),
      method: storedOnly(z.enum(['GET', 'POST']).optional()).describe(
        'HTTP method of the request. Default: GET. Stored, not interpreted.',
      ),
      headers: storedOnly(z.record(Name, Name).optional()).describe(
        'HTTP headers of the request; must not contain secrets. Stored, not interpreted.',
      ),
      validatorFunction: Text.describe('Name of a function to call instead. Stored, not interpreted.'),
      timeout: Milliseconds.describe('Timeout in milliseconds. Default: 5000. Stored, not interpreted.'),
      debounce: Milliseconds.describe('Delay after typing, in milliseconds. Stored, not interpreted.'),
      params: Params.describe('Parameters sent with the request. Stored, not interpreted.'),
    })),
  )
  .describe('Rule that an external service checks. Stored, not interpreted.');
export type AsyncValidation = z.infer<typeof AsyncValidationSchema>;

export const CustomValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('custom'),
      handler: RequiredText.describe('Name of the validating function. Stored, not interpreted.'),
      params: Params.describe('Parameters passed to the function. Stored, not interpreted.'),
    })),
  )
  .describe('Rule that custom code checks. Stored, not interpreted.');
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
  when: storedOnly(ExpressionSchema).describe(
    'Condition that selects the rule to apply. Stored, not interpreted.',
  ),
};

/** Declared explicitly, because the type of a recursive schema cannot be inferred. */
interface Branches {
  then?: ValidationRule | AnyShape | undefined;
  otherwise?: ValidationRule | AnyShape | undefined;
}
/** A narrow schema type, because comparing the full types structurally takes the compiler a second. */
type RuleSchema = z.core.$ZodType<ValidationRule, ValidationRule>;

export const ConditionalValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...conditionalBase,
      // biome-ignore lint/suspicious/noThenProperty: the name that authors write
      get then(): StoredOnly<RuleSchema> {
        const rule: RuleSchema = ValidationRuleSchema;
        return storedOnly(rule).describe('Rule to apply if when holds. Stored, not interpreted.');
      },
      get otherwise(): StoredOnly<RuleSchema> {
        const rule: RuleSchema = z.optional(ValidationRuleSchema) as RuleSchema;
        return storedOnly(rule).describe('Rule to apply otherwise. Stored, not interpreted.');
      },
    })),
  )
  .describe('Rule that depends on a condition. Stored, not interpreted.');
export type ConditionalValidation = z.infer<z.ZodObject<typeof conditionalBase, z.core.$loose>> & Branches;

export const ValidationRuleSchema = z
  .discriminatedUnion('type', [...PlainRuleSchema.options, ConditionalValidationSchema])
  .describe('Validation rule for the records of an object.');
export type ValidationRule = z.infer<typeof PlainRuleSchema> | ConditionalValidation;
