import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { storedOnly } from '../shared/stored-only.js';
import { ExpressionSchema } from './expression.zod.js';
import { FileAttachmentConfigSchema } from './field-attachment.zod.js';
import {
  ComputedFieldCacheSchema,
  CurrencyConfigSchema,
  DataQualityRulesSchema,
  SummaryOperationsSchema,
  VectorConfigSchema,
} from './field-config.zod.js';
import { EncryptionConfigSchema, MaskingRuleSchema } from './field-protection.zod.js';

const Flag = storedOnly(z.boolean().optional());
const Text = storedOnly(z.string().optional());
const Texts = storedOnly(z.array(z.string()).optional());
const Amount = storedOnly(z.number().optional());
const Formula = storedOnly(ExpressionSchema.optional());

export const StoredFieldKeysSchema = z
  .looseObject(
    lazyShape(() => ({
      label: Text.describe('Display name of the field. Stored, not interpreted.'),
      description: Text.describe("Description of the field's purpose. Stored, not interpreted."),
      columnName: Text.describe(
        'Requested name of the database column. Has no effect: the column always has the name of the field. Stored, not interpreted.',
      ),
      precision: Amount.describe('Total number of digits of a number. Stored, not interpreted.'),
      scale: Amount.describe(
        'Number of digits after the decimal point in user interfaces. Stored, not interpreted.',
      ),
      searchable: Flag.describe(
        'Whether a full-text search should include the field. Defaults to false. Stored, not interpreted.',
      ),
      referenceFilters: storedOnly(
        z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).optional(),
      ).describe(
        'Filter conditions for the records that a user interface should offer for a lookup: a list of strings, or an object. Their syntax is determined by the application. Stored, not interpreted.',
      ),
      writeRequiresMasterRead: Flag.describe(
        'Whether writing a detail record should require read access to its master record. Stored, not interpreted.',
      ),
      expression: Formula.describe('Formula of a formula field. Stored, not interpreted.'),
      summaryOperations: storedOnly(SummaryOperationsSchema.optional()).describe(
        'Aggregation of child records for a summary field. Stored, not interpreted.',
      ),
      language: Text.describe(
        'Programming language of a code field, for example sql. Stored, not interpreted.',
      ),
      theme: Text.describe('Name of the color theme of the code editor. Stored, not interpreted.'),
      lineNumbers: Flag.describe(
        'Whether the code editor should show line numbers. Stored, not interpreted.',
      ),
      maxRating: Amount.describe(
        'Highest rating that user interfaces offer, for example 5. Stored, not interpreted.',
      ),
      allowHalf: Flag.describe(
        'Whether a rating may have half stars, for example 3.5. Defaults to false. Stored, not interpreted.',
      ),
      displayMap: Flag.describe(
        'Whether user interfaces should show a location on a map. Stored, not interpreted.',
      ),
      allowGeocoding: Flag.describe(
        'Whether user interfaces may convert an address to coordinates. Stored, not interpreted.',
      ),
      addressFormat: storedOnly(z.enum(['us', 'uk', 'international']).optional()).describe(
        'Address format: United States, United Kingdom or international. Stored, not interpreted.',
      ),
      colorFormat: storedOnly(z.enum(['hex', 'rgb', 'rgba', 'hsl']).optional()).describe(
        'Notation of a color value: hexadecimal, RGB, RGB with transparency, or HSL. Stored, not interpreted.',
      ),
      allowAlpha: Flag.describe('Whether a color may be transparent. Stored, not interpreted.'),
      presetColors: Texts.describe('List of colors that a color picker offers. Stored, not interpreted.'),
      step: Amount.describe('Increment between two positions of a slider. Stored, not interpreted.'),
      showValue: Flag.describe(
        'Whether user interfaces should show the current value of a slider. Stored, not interpreted.',
      ),
      marks: storedOnly(z.record(z.string(), z.string()).optional()).describe(
        'Labels of slider positions, by position, for example { "0": "low", "100": "high" }. Stored, not interpreted.',
      ),
      barcodeFormat: storedOnly(
        z.enum(['qr', 'ean13', 'ean8', 'code128', 'code39', 'upca', 'upce']).optional(),
      ).describe('Barcode symbology, for example qr or ean13. Stored, not interpreted.'),
      qrErrorCorrection: storedOnly(z.enum(['L', 'M', 'Q', 'H']).optional()).describe(
        'Error correction level of a QR code: L (7%), M (15%), Q (25%) or H (30%). Stored, not interpreted.',
      ),
      displayValue: Flag.describe(
        'Whether user interfaces should show the text of a barcode. Stored, not interpreted.',
      ),
      allowScanning: Flag.describe(
        'Whether users may scan the value with a camera. Stored, not interpreted.',
      ),
      currencyConfig: storedOnly(CurrencyConfigSchema.optional()).describe(
        'Display settings of a currency field. Stored, not interpreted.',
      ),
      vectorConfig: storedOnly(VectorConfigSchema.optional()).describe(
        'Dimensions and requested index of a vector field. Stored, not interpreted.',
      ),
      fileAttachmentConfig: storedOnly(FileAttachmentConfigSchema.optional()).describe(
        'Requested validation, processing and storage of the files of the field, for a field whose values are files, such as file, image or audio. Stored, not interpreted.',
      ),
      encryptionConfig: storedOnly(EncryptionConfigSchema.optional()).describe(
        'Requested encryption of the field. Has no effect: values are stored unencrypted. Stored, not interpreted.',
      ),
      maskingRule: storedOnly(MaskingRuleSchema.optional()).describe(
        'How the values are masked in clones of the tenant, unless a clone is requested without masking. If the rule is malformed or cannot be applied to the field, a clone with masking is rejected with `invalid_masking_rule`.',
      ),
      auditTrail: Flag.describe(
        'Whether changes to the value should be recorded in an audit log. Defaults to false. Stored, not interpreted.',
      ),
      dependencies: Texts.describe(
        'List of the names of the fields that the formula depends on. Stored, not interpreted.',
      ),
      cached: storedOnly(ComputedFieldCacheSchema.optional()).describe(
        'Requested caching of the computed value. Stored, not interpreted.',
      ),
      dataQuality: storedOnly(DataQualityRulesSchema.optional()).describe(
        'Data quality targets for all values of the field. Stored, not interpreted.',
      ),
      group: Text.describe(
        'Key of the field group that should contain the field in forms: a `key` of `fieldGroups` of the object. Stored, not interpreted.',
      ),
      conditionalRequired: Formula.describe(
        'Earlier name of `requiredWhen`, which definitions should use instead: condition under which a value should be required. Stored, not interpreted.',
      ),
      requiredWhen: Formula.describe(
        'Condition under which a value should be required. Stored, not interpreted.',
      ),
      readonlyWhen: Formula.describe(
        'Condition under which the field should be read-only. Stored, not interpreted.',
      ),
      visibleWhen: Formula.describe(
        'Condition under which user interfaces should show the field. Stored, not interpreted.',
      ),
      dependsOn: storedOnly(z.union([z.string(), z.array(z.string())]).optional()).describe(
        'Name of the field, or list of names of fields, whose value determines the available choices. Stored, not interpreted.',
      ),
      trackHistory: Flag.describe(
        'Whether changes to the value should be recorded in the history of the record. Stored, not interpreted.',
      ),
      relatedList: storedOnly(z.union([z.boolean(), z.record(z.string(), z.unknown())]).optional()).describe(
        'Whether the page of the referenced record should show a list of the referring records: a boolean, or an object with options of that list. Stored, not interpreted.',
      ),
      inlineEdit: Flag.describe('Whether users may edit the value in a list. Stored, not interpreted.'),
      hidden: Flag.describe(
        'Whether user interfaces should hide the field. Defaults to false. Stored, not interpreted.',
      ),
      sortable: Flag.describe(
        'Whether users may sort lists by the field. Defaults to true. Stored, not interpreted.',
      ),
      inlineHelpText: Text.describe('Help text shown next to the input. Stored, not interpreted.'),
      trackFeedHistory: Flag.describe(
        'Whether the activity feed should show changes to the value. Stored, not interpreted.',
      ),
    })),
  )
  .describe('Keys of a field that are stored and returned unchanged, whatever their shape.');
export type StoredFieldKeys = z.infer<typeof StoredFieldKeysSchema>;
