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
  .describe('What happens to a record when the one it refers to is deleted.');
export type DeleteBehavior = z.infer<typeof DeleteBehaviorEnum>;

export const FieldStorageOptionsSchema = z
  .looseObject(
    lazyShape(() => ({
      notNull: z.boolean().optional().describe('Makes the column NOT NULL. Absent: a column may be empty.'),
    })),
  )
  .describe('Physical storage of a field.');
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
      name: MachineNameSchema.optional().describe('Repeats the key of the field, if given.'),
      label: Text.describe('Text that a person sees. Carried, not enforced.'),
      description: Text.describe('What the field is for. Carried, not enforced.'),
      required: Flag.describe('Whether a write must leave a value in the field. Absent: false.'),
      readonly: Flag.describe('Whether only system writes may set the field. Absent: false.'),
      multiple: Flag.describe('Whether the field holds a list of values. Absent: false.'),
      unique: z
        .union([z.boolean(), z.enum(['global', 'organization'])])
        .optional()
        .describe(
          'Whether no two records may share a value; empty values may repeat. Of a tenant that has its own database, global and organization are the same as true. Absent: false.',
        ),
      caseSensitive: Flag.describe(
        'Whether a unique text field tells upper from lower case, in uniqueness, filters, keys and order. If false, only the letters A to Z are folded. Absent: true.',
      ),
      index: Flag.describe('Whether the column gets an index. Absent: false.'),
      externalId: Flag.describe('Whether seeds may find records by this field. Absent: false.'),
      defaultValue: z
        .unknown()
        .optional()
        .describe('Value of a new record, or a default token such as NOW().'),
      backfill: z
        .unknown()
        .optional()
        .describe(
          'Literal value that a migration writes into stored records without a value, once: when the field is added, and when it becomes required or NOT NULL. Takes precedence over defaultValue there; later records do not get it.',
        ),
      minLength: z.int().min(0).optional().describe('Fewest characters of a text.'),
      maxLength: z.int().min(1).optional().describe('Most characters of a text.'),
      min: Amount.describe('Smallest number.'),
      max: Amount.describe('Largest number.'),
      options: z.array(SelectOptionSchema).optional().describe('The choices of a field that offers choices.'),
      reference: z
        .string()
        .min(1)
        .optional()
        .describe(
          'Object that a lookup, master_detail, tree or user refers to. Absent: a tree refers to its own object, a user to the object user.',
        ),
      deleteBehavior: DeleteBehaviorEnum.optional(),
      format: Text.describe(
        'Format of an autonumber, for example INV-{0000}, AD{YYYYMMDD}{0000} or {plan_no}-{000}; date and field tokens have a counter for each of their values. Not read for other field types.',
      ),
      autonumberFormat: Text.describe('Format of an autonumber. Takes precedence over format.'),
      storage: FieldStorageOptionsSchema.optional(),
      renamedFrom: RenamedFromSchema.optional(),
      columnName: Text.describe(
        'Column that the author wants: it has the name of the field. Carried, not enforced.',
      ),
      precision: Amount.describe('Digits of a number. Carried, not enforced.'),
      scale: Amount.describe('Digits after the decimal point in user interfaces. Carried, not enforced.'),
      searchable: Flag.describe('Whether a search looks here. Absent: false. Carried, not enforced.'),
      referenceFilters: Texts.describe('Conditions on what a lookup offers. Carried, not enforced.'),
      writeRequiresMasterRead: Flag.describe(
        'Whether who writes must see the master. Carried, not enforced.',
      ),
      expression: Formula.describe('Formula of a formula field. Carried, not enforced.'),
      summaryOperations: SummaryOperationsSchema.optional().describe(
        'Roll-up of a summary. Carried, not enforced.',
      ),
      language: Text.describe('Programming language of a code field. Carried, not enforced.'),
      theme: Text.describe('Colors of a code editor. Carried, not enforced.'),
      lineNumbers: Flag.describe('Whether a code editor counts lines. Carried, not enforced.'),
      maxRating: Amount.describe('Highest rating in user interfaces. Carried, not enforced.'),
      allowHalf: Flag.describe('Whether half a star can be given. Carried, not enforced.'),
      displayMap: Flag.describe('Whether a place is shown on a map. Carried, not enforced.'),
      allowGeocoding: Flag.describe('Whether an address is looked up on a map. Carried, not enforced.'),
      addressFormat: z
        .enum(['us', 'uk', 'international'])
        .optional()
        .describe('Order of the parts of an address. Carried, not enforced.'),
      colorFormat: z
        .enum(['hex', 'rgb', 'rgba', 'hsl'])
        .optional()
        .describe('How a color is written. Carried, not enforced.'),
      allowAlpha: Flag.describe('Whether a color can be transparent. Carried, not enforced.'),
      presetColors: Texts.describe('Colors that are offered. Carried, not enforced.'),
      step: Amount.describe('Distance between two positions of a slider. Carried, not enforced.'),
      showValue: Flag.describe('Whether a slider shows its number. Carried, not enforced.'),
      marks: z
        .record(z.string(), z.string())
        .optional()
        .describe('Texts at positions of a slider. Carried, not enforced.'),
      barcodeFormat: z
        .enum(['qr', 'ean13', 'ean8', 'code128', 'code39', 'upca', 'upce'])
        .optional()
        .describe('Kind of barcode. Carried, not enforced.'),
      qrErrorCorrection: z
        .enum(['L', 'M', 'Q', 'H'])
        .optional()
        .describe('How much of a QR code may be damaged. Carried, not enforced.'),
      displayValue: Flag.describe('Whether a barcode shows its text. Carried, not enforced.'),
      allowScanning: Flag.describe('Whether a camera can fill the field. Carried, not enforced.'),
      currencyConfig: CurrencyConfigSchema.optional().describe('How money is shown. Carried, not enforced.'),
      vectorConfig: VectorConfigSchema.optional().describe(
        'Size and search of a vector. Carried, not enforced.',
      ),
      fileAttachmentConfig: FileAttachmentConfigSchema.optional().describe(
        'Which files a field takes. Carried, not enforced.',
      ),
      encryptionConfig: EncryptionConfigSchema.optional().describe(
        'How the author wants the field encrypted; nothing is. Carried, not enforced.',
      ),
      maskingRule: MaskingRuleSchema.optional().describe(
        'How the author wants the field masked; nothing is. Carried, not enforced.',
      ),
      auditTrail: Flag.describe('Whether changes are recorded. Absent: false. Carried, not enforced.'),
      dependencies: Texts.describe('Fields that a formula reads. Carried, not enforced.'),
      cached: ComputedFieldCacheSchema.optional().describe(
        'How long a computed value is kept. Carried, not enforced.',
      ),
      dataQuality: DataQualityRulesSchema.optional().describe(
        'What is expected of all values together. Carried, not enforced.',
      ),
      group: Text.describe('Key of the field group that it stands in. Carried, not enforced.'),
      conditionalRequired: Formula.describe('When a value is required. Carried, not enforced.'),
      hidden: Flag.describe('Whether people do not see the field. Absent: false. Carried, not enforced.'),
      sortable: Flag.describe('Whether lists can be ordered by it. Absent: true. Carried, not enforced.'),
      inlineHelpText: Text.describe('Help that is shown at the input. Carried, not enforced.'),
      trackFeedHistory: Flag.describe('Whether changes appear in the feed. Carried, not enforced.'),
    })),
  )
  .describe('A field of an object. Unknown keys are kept.');
export type Field = z.infer<typeof FieldSchema>;
