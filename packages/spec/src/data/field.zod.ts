import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { MachineNameSchema } from '../shared/names.zod.js';
import { ExpressionSchema } from './expression.zod.js';
import { FileAttachmentConfigSchema } from './field-attachment.zod.js';
import {
  ComputedFieldCacheSchema,
  CurrencyConfigSchema,
  DataQualityRulesSchema,
  SummaryOperationsSchema,
  VectorConfigSchema,
} from './field-config.zod.js';
import { SelectOptionSchema } from './field-option.zod.js';
import { EncryptionConfigSchema, MaskingRuleSchema } from './field-protection.zod.js';
import { FieldTypeEnum } from './field-type.zod.js';
import { RenamedFromSchema } from './renamed-from.zod.js';

export const DeleteBehaviorEnum = z
  .enum(['set_null', 'cascade', 'restrict'])
  .describe(
    'Action on a record when the record that its lookup refers to is deleted. set_null: clear the lookup; cascade: delete the record; restrict: reject the deletion.',
  );
export type DeleteBehavior = z.infer<typeof DeleteBehaviorEnum>;

export const FieldStorageOptionsSchema = z
  .looseObject(
    lazyShape(() => ({
      notNull: z.boolean().optional().describe('Whether the column is declared NOT NULL. Default: false.'),
    })),
  )
  .describe('Physical storage options of a field.');
export type FieldStorageOptions = z.infer<typeof FieldStorageOptionsSchema>;

const Flag = z.boolean().optional();
const Text = z.string().optional();
const Texts = z.array(z.string()).optional();
const Amount = z.number().optional();
const Formula = ExpressionSchema.optional();

export const FieldSchema = z
  .looseObject(
    lazyShape(() => ({
      type: FieldTypeEnum,
      name: MachineNameSchema.optional().describe('Name of the field; must equal its key in fields.'),
      label: Text.describe('Display name of the field. Stored, not interpreted.'),
      description: Text.describe("Description of the field's purpose. Stored, not interpreted."),
      required: Flag.describe('Whether a write must leave the field with a value. Default: false.'),
      readonly: Flag.describe('Whether only system writes may set the field. Default: false.'),
      multiple: Flag.describe('Whether the field holds a list of values instead of one. Default: false.'),
      unique: z
        .union([z.boolean(), z.enum(['global', 'organization'])])
        .optional()
        .describe(
          'Whether values must be unique; records without a value are not compared. For a tenant with its own database, global and organization mean the same as true. Default: false.',
        ),
      caseSensitive: Flag.describe(
        'Whether a unique text field is case-sensitive in uniqueness checks, filters, keys and sort order. If false, case is ignored for the letters A to Z only. Default: true.',
      ),
      index: Flag.describe('Whether the column is indexed. Default: false.'),
      externalId: Flag.describe('Whether seed data may identify records by this field. Default: false.'),
      defaultValue: z
        .unknown()
        .optional()
        .describe(
          'Value assigned to a new record, or a default token. Current timestamp: NOW(), $now, {now} or CURRENT_TIMESTAMP; current date: TODAY(), $today, {today} or CURRENT_DATE; id of the user: $currentUser, {current_user} or {current_user_id}.',
        ),
      backfill: z
        .unknown()
        .optional()
        .describe(
          'Literal value that a migration writes, once, into existing records without a value: when the field is added, and when it becomes required or NOT NULL. Takes precedence over defaultValue there; records created later do not get it.',
        ),
      minLength: z.int().min(0).optional().describe('Minimum length of a text, in characters.'),
      maxLength: z.int().min(1).optional().describe('Maximum length of a text, in characters.'),
      min: Amount.describe('Minimum value of a number.'),
      max: Amount.describe('Maximum value of a number.'),
      options: z
        .array(SelectOptionSchema)
        .optional()
        .describe('List of options of a select, multiselect, radio or checkboxes field.'),
      reference: z
        .string()
        .min(1)
        .optional()
        .describe(
          "Name of the object that a lookup, master_detail, tree or user field refers to. Default: the field's own object for a tree, the object user for a user.",
        ),
      deleteBehavior: DeleteBehaviorEnum.optional(),
      format: Text.describe(
        'Format of an autonumber, for example INV-{0000}, AD{YYYYMMDD}{0000} or {plan_no}-{000}; each distinct combination of date and field tokens has its own counter. Ignored for other field types.',
      ),
      autonumberFormat: Text.describe('Format of an autonumber. Takes precedence over format.'),
      storage: FieldStorageOptionsSchema.optional(),
      renamedFrom: RenamedFromSchema.optional(),
      columnName: Text.describe(
        'Requested column name; the column always has the name of the field. Stored, not interpreted.',
      ),
      precision: Amount.describe('Total number of digits of a number. Stored, not interpreted.'),
      scale: Amount.describe(
        'Number of digits after the decimal point in user interfaces. Stored, not interpreted.',
      ),
      searchable: Flag.describe(
        'Whether full-text search includes the field. Default: false. Stored, not interpreted.',
      ),
      referenceFilters: Texts.describe(
        'List of filter conditions for the records that a lookup offers. Stored, not interpreted.',
      ),
      writeRequiresMasterRead: Flag.describe(
        'Whether writing a detail record requires read access to its master record. Stored, not interpreted.',
      ),
      expression: Formula.describe('Formula of a formula field. Stored, not interpreted.'),
      summaryOperations: SummaryOperationsSchema.optional().describe(
        'Aggregation of child records for a summary field. Stored, not interpreted.',
      ),
      language: Text.describe(
        'Programming language of a code field, for example sql. Stored, not interpreted.',
      ),
      theme: Text.describe('Color theme of the code editor. Stored, not interpreted.'),
      lineNumbers: Flag.describe('Whether the code editor shows line numbers. Stored, not interpreted.'),
      maxRating: Amount.describe('Maximum rating in user interfaces. Stored, not interpreted.'),
      allowHalf: Flag.describe('Whether half-star ratings are allowed. Stored, not interpreted.'),
      displayMap: Flag.describe('Whether a location is shown on a map. Stored, not interpreted.'),
      allowGeocoding: Flag.describe(
        'Whether an address can be converted to coordinates. Stored, not interpreted.',
      ),
      addressFormat: z
        .enum(['us', 'uk', 'international'])
        .optional()
        .describe('Address format: United States, United Kingdom or international. Stored, not interpreted.'),
      colorFormat: z
        .enum(['hex', 'rgb', 'rgba', 'hsl'])
        .optional()
        .describe('Notation of a color value. Stored, not interpreted.'),
      allowAlpha: Flag.describe('Whether a color may be transparent. Stored, not interpreted.'),
      presetColors: Texts.describe('List of colors that a color picker offers. Stored, not interpreted.'),
      step: Amount.describe('Increment between two positions of a slider. Stored, not interpreted.'),
      showValue: Flag.describe('Whether a slider shows its current value. Stored, not interpreted.'),
      marks: z
        .record(z.string(), z.string())
        .optional()
        .describe('Labels of slider positions, by position. Stored, not interpreted.'),
      barcodeFormat: z
        .enum(['qr', 'ean13', 'ean8', 'code128', 'code39', 'upca', 'upce'])
        .optional()
        .describe('Barcode symbology, for example qr or ean13. Stored, not interpreted.'),
      qrErrorCorrection: z
        .enum(['L', 'M', 'Q', 'H'])
        .optional()
        .describe(
          'Error correction level of a QR code: L (7%), M (15%), Q (25%) or H (30%). Stored, not interpreted.',
        ),
      displayValue: Flag.describe('Whether a barcode shows its text. Stored, not interpreted.'),
      allowScanning: Flag.describe('Whether a camera can scan the value. Stored, not interpreted.'),
      currencyConfig: CurrencyConfigSchema.optional().describe(
        'Display settings of a currency field. Stored, not interpreted.',
      ),
      vectorConfig: VectorConfigSchema.optional().describe(
        'Dimensions and index of a vector field. Stored, not interpreted.',
      ),
      fileAttachmentConfig: FileAttachmentConfigSchema.optional().describe(
        'Accepted files of a file field and their processing. Stored, not interpreted.',
      ),
      encryptionConfig: EncryptionConfigSchema.optional().describe(
        'Requested encryption of the field; not applied. Stored, not interpreted.',
      ),
      maskingRule: MaskingRuleSchema.optional().describe(
        'Requested masking of the field; not applied. Stored, not interpreted.',
      ),
      auditTrail: Flag.describe(
        'Whether changes are recorded in an audit log. Default: false. Stored, not interpreted.',
      ),
      dependencies: Texts.describe('List of fields that the formula depends on. Stored, not interpreted.'),
      cached: ComputedFieldCacheSchema.optional().describe(
        'Caching of the computed value. Stored, not interpreted.',
      ),
      dataQuality: DataQualityRulesSchema.optional().describe(
        'Data quality targets for all values of the field. Stored, not interpreted.',
      ),
      group: Text.describe('Key of the field group that contains the field. Stored, not interpreted.'),
      conditionalRequired: Formula.describe(
        'Condition that makes a value required. Stored, not interpreted.',
      ),
      hidden: Flag.describe(
        'Whether the field is hidden in user interfaces. Default: false. Stored, not interpreted.',
      ),
      sortable: Flag.describe(
        'Whether lists can be sorted by the field. Default: true. Stored, not interpreted.',
      ),
      inlineHelpText: Text.describe('Help text shown next to the input. Stored, not interpreted.'),
      trackFeedHistory: Flag.describe('Whether the activity feed shows changes. Stored, not interpreted.'),
    })),
  )
  .describe('Field of an object: one column of its table. Unknown keys are retained.');
export type Field = z.infer<typeof FieldSchema>;
