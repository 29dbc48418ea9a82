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
const stored = (text: string) => `${text} Stored, not interpreted.`;

const ruleBase = {
  name: storedOnly(MachineNameSchema).describe(stored('Name of the rule.')),
  label: Text.describe(stored('Display name of the rule.')),
  description: Text.describe(stored("Description of the rule's purpose.")),
  active: Flag.describe(
    'Whether the rule is enabled. Only rules of the type unique have an effect. Defaults to true.',
  ),
  events: storedOnly(z.array(z.enum(['insert', 'update', 'delete'])).optional()).describe(
    stored('List of the kinds of writes to check. Defaults to insert and update.'),
  ),
  priority: storedOnly(z.int().min(0).max(9999).optional()).describe(
    stored('Position in the intended evaluation order; rules with lower values come first. Defaults to 100.'),
  ),
  tags: storedOnly(Names.optional()).describe(stored('List of keywords for finding the rule.')),
  severity: storedOnly(z.enum(['error', 'warning', 'info']).optional()).describe(
    stored(
      'Intended severity of a violation: error prevents the write; warning and info (information) are shown only. Has no effect on rules of the type unique, whose violations are always rejected. Defaults to error.',
    ),
  ),
  message: RequiredText.describe(stored('Message for the user whose input violates the rule.')),
};
const kind = <const T extends string>(type: T) => z.literal(type).describe('Type of validation rule.');
const Headers = storedOnly(z.record(Name, Name).optional());
const Field = RequiredText.describe(stored('Name of the field to validate.'));
const Condition = storedOnly(ExpressionSchema).describe(stored('Condition that invalid records fulfill.'));

export const UniqueValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('unique'),
      fields: Names.min(1).describe('List of fields whose combination of values must be unique.'),
      scope: storedOnly(ExpressionSchema.optional()).describe(
        stored('Condition for the records that should be compared. Without effect: all are compared.'),
      ),
      caseSensitive: Flag.describe(
        'Whether values that differ only in the case of the letters A to Z count as different. Defaults to true.',
      ),
    })),
  )
  .describe('Uniqueness rule: no two records may have the same values. Enforced by a unique index.');
export type UniqueValidation = z.infer<typeof UniqueValidationSchema>;

export const ScriptValidationSchema = z
  .looseObject(lazyShape(() => ({ ...ruleBase, type: kind('script'), condition: Condition })))
  .describe(stored('Rule with a condition on one record.'));
export type ScriptValidation = z.infer<typeof ScriptValidationSchema>;

export const StateMachineValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('state_machine'),
      field: Field,
      transitions: storedOnly(z.record(Name, Names)).describe(
        stored('Map from the current value of the field to the list of the allowed next values.'),
      ),
    })),
  )
  .describe(stored("Rule for the allowed transitions of a field's value."));
export type StateMachineValidation = z.infer<typeof StateMachineValidationSchema>;

export const FormatValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('format'),
      field: Field,
      regex: Text.describe(stored('Regular expression that the value should match.')),
      format: storedOnly(z.enum(['email', 'url', 'phone', 'json']).optional()).describe(
        stored('Format that the value should have: an email address, URL, phone number or JSON text.'),
      ),
    })),
  )
  .describe(stored('Rule for the format of a text value.'));
export type FormatValidation = z.infer<typeof FormatValidationSchema>;

export const CrossFieldValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('cross_field'),
      condition: Condition,
      fields: storedOnly(Names).describe(stored('List of fields that the condition uses.')),
    })),
  )
  .describe(stored('Rule with a condition on several fields of a record.'));
export type CrossFieldValidation = z.infer<typeof CrossFieldValidationSchema>;

export const JSONValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('json_schema'),
      field: Field,
      schema: storedOnly(Json).describe(stored('JSON Schema that the value should conform to.')),
    })),
  )
  .describe(stored('Rule for the structure of a JSON value.'));
export type JSONValidation = z.infer<typeof JSONValidationSchema>;

export const AsyncValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('async'),
      field: Field,
      validatorUrl: Text.describe(
        stored('URL of the validation service, whose request and response the application defines.'),
      ),
      method: storedOnly(z.enum(['GET', 'POST']).optional()).describe(
        stored('HTTP method of the request. Defaults to GET.'),
      ),
      headers: Headers.describe(stored('HTTP headers of the request; must not contain secrets.')),
      validatorFunction: Text.describe(stored('Name of the function, used if validatorUrl is absent.')),
      timeout: Milliseconds.describe(stored('Requested timeout in milliseconds. Defaults to 5000.')),
      debounce: Milliseconds.describe(stored('Delay after the last keystroke, in milliseconds.')),
      params: Params.describe(stored('Parameters for the service or function, by name.')),
    })),
  )
  .describe(stored('Rule for validation by an external service.'));
export type AsyncValidation = z.infer<typeof AsyncValidationSchema>;

export const CustomValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      ...ruleBase,
      type: kind('custom'),
      handler: RequiredText.describe(stored('Name of the validating function.')),
      params: Params.describe(stored('Parameters for the function, by name.')),
    })),
  )
  .describe(stored('Rule for validation by custom code.'));
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
    stored('Condition that determines whether `then` or `otherwise` applies to a record.'),
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
        return storedOnly(rule).describe(stored('Rule for records that meet the condition `when`.'));
      },
      get otherwise(): StoredOnly<RuleSchema> {
        const rule: RuleSchema = z.optional(ValidationRuleSchema) as RuleSchema;
        return storedOnly(rule).describe(stored('Rule for records that do not meet the condition `when`.'));
      },
    })),
  )
  .describe(stored('Rule that depends on a condition.'));
export type ConditionalValidation = z.infer<z.ZodObject<typeof conditionalBase, z.core.$loose>> & Branches;

export const ValidationRuleSchema = z
  .discriminatedUnion('type', [...PlainRuleSchema.options, ConditionalValidationSchema])
  .describe('Validation rule for the records of an object.');
export type ValidationRule = z.infer<typeof PlainRuleSchema> | ConditionalValidation;
