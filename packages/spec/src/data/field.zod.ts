import * as z from 'zod';
import { MachineNameSchema } from '../shared/names.zod.js';
import { FieldTypeEnum } from './field-type.zod.js';

export const DeleteBehaviorEnum = z
  .enum(['set_null', 'cascade', 'restrict'])
  .describe('What happens to a record when the one it refers to is deleted.');
export type DeleteBehavior = z.infer<typeof DeleteBehaviorEnum>;

export const SelectOptionSchema = z
  .looseObject({
    label: z.string().describe('Text that a person sees.'),
    value: z.string().min(1).describe('Value that is stored.'),
    color: z.string().optional().describe('Colour in user interfaces.'),
    default: z.boolean().optional().describe('Whether a new record starts with this option.'),
  })
  .describe('One choice of a select, multiselect, radio or checkboxes field.');
export type SelectOption = z.infer<typeof SelectOptionSchema>;

export const FieldStorageOptionsSchema = z
  .looseObject({
    notNull: z.boolean().optional().describe('Makes the column NOT NULL. Absent: a column may be empty.'),
  })
  .describe('Physical storage of a field.');
export type FieldStorageOptions = z.infer<typeof FieldStorageOptionsSchema>;

const Carried = z.unknown().optional();
const CarriedText = z.string().optional();
const CarriedFlag = z.boolean().optional();

export const FieldSchema = z
  .looseObject({
    type: FieldTypeEnum,
    name: MachineNameSchema.optional().describe('Repeats the key of the field, if given.'),
    label: z.string().optional().describe('Text that a person sees.'),
    description: z.string().optional().describe('What the field is for.'),
    required: z
      .boolean()
      .optional()
      .describe('Whether a write must leave a value in the field. Absent: false.'),
    readonly: z.boolean().optional().describe('Whether only system writes may set the field. Absent: false.'),
    multiple: z.boolean().optional().describe('Whether the field holds a list of values. Absent: false.'),
    unique: z
      .boolean()
      .optional()
      .describe('Whether no two records may share a value; empty values may repeat.'),
    caseSensitive: z
      .boolean()
      .optional()
      .describe('Whether uniqueness tells upper from lower case. Absent: true.'),
    index: z.boolean().optional().describe('Whether the column gets an index. Absent: false.'),
    externalId: z
      .boolean()
      .optional()
      .describe('Whether seeds may find records by this field. Absent: false.'),
    defaultValue: z.unknown().optional().describe('Value of a new record, or a default token such as NOW().'),
    minLength: z.int().min(0).optional().describe('Fewest characters of a text.'),
    maxLength: z.int().min(1).optional().describe('Most characters of a text.'),
    min: z.number().optional().describe('Smallest number.'),
    max: z.number().optional().describe('Largest number.'),
    options: z.array(SelectOptionSchema).optional().describe('The choices of a field that offers choices.'),
    reference: z
      .string()
      .min(1)
      .optional()
      .describe('Object that a lookup, master_detail or tree refers to.'),
    deleteBehavior: DeleteBehaviorEnum.optional(),
    format: z.string().optional().describe('Pattern of an autonumber such as INV-{0000}; otherwise carried.'),
    autonumberFormat: z.string().optional().describe('Same as format, for autonumbers.'),
    storage: FieldStorageOptionsSchema.optional(),
    renamedFrom: MachineNameSchema.optional().describe('Former name, so that a rename keeps the data.'),
    columnName: CarriedText.describe('Carried. The column always has the name of the field.'),
    precision: z.number().optional().describe('Carried.'),
    scale: z.number().optional().describe('Carried. Digits after the decimal point in user interfaces.'),
    searchable: CarriedFlag.describe('Carried.'),
    referenceFilters: z.array(z.string()).optional().describe('Carried.'),
    writeRequiresMasterRead: CarriedFlag.describe('Carried.'),
    expression: Carried.describe('Carried. Formula of a formula field.'),
    summaryOperations: Carried.describe('Carried. Roll-up of a summary field.'),
    language: CarriedText.describe('Carried.'),
    theme: CarriedText.describe('Carried.'),
    lineNumbers: CarriedFlag.describe('Carried.'),
    maxRating: z.number().optional().describe('Carried. Highest rating in user interfaces.'),
    allowHalf: CarriedFlag.describe('Carried.'),
    displayMap: CarriedFlag.describe('Carried.'),
    allowGeocoding: CarriedFlag.describe('Carried.'),
    addressFormat: CarriedText.describe('Carried.'),
    colorFormat: CarriedText.describe('Carried.'),
    allowAlpha: CarriedFlag.describe('Carried.'),
    presetColors: z.array(z.string()).optional().describe('Carried.'),
    step: z.number().optional().describe('Carried.'),
    showValue: CarriedFlag.describe('Carried.'),
    marks: Carried.describe('Carried.'),
    barcodeFormat: CarriedText.describe('Carried.'),
    qrErrorCorrection: CarriedText.describe('Carried.'),
    displayValue: CarriedFlag.describe('Carried.'),
    allowScanning: CarriedFlag.describe('Carried.'),
    currencyConfig: Carried.describe('Carried.'),
    vectorConfig: Carried.describe('Carried.'),
    fileAttachmentConfig: Carried.describe('Carried.'),
    encryptionConfig: Carried.describe('Carried. Nothing is encrypted by it.'),
    maskingRule: Carried.describe('Carried. Nothing is masked by it.'),
    auditTrail: CarriedFlag.describe('Carried.'),
    dependencies: z.array(z.string()).optional().describe('Carried.'),
    cached: Carried.describe('Carried.'),
    dataQuality: Carried.describe('Carried.'),
    group: CarriedText.describe('Carried. Key of a field group.'),
    conditionalRequired: CarriedText.describe('Carried.'),
    hidden: CarriedFlag.describe('Carried.'),
    sortable: CarriedFlag.describe('Carried.'),
    inlineHelpText: CarriedText.describe('Carried.'),
    trackFeedHistory: CarriedFlag.describe('Carried.'),
  })
  .describe('A field of an object. Unknown keys are kept.');
export type Field = z.infer<typeof FieldSchema>;
