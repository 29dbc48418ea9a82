import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';

const Flag = z.boolean().optional();
const Texts = z.array(z.string()).optional();

const RotationPolicySchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: Flag.describe('Whether encryption keys should be rotated. Defaults to false.'),
      frequencyDays: z
        .number()
        .min(1)
        .optional()
        .describe('Requested number of days between two rotations. Defaults to 90.'),
      retainOldVersions: z.number().optional().describe('Number of previous keys to retain. Defaults to 3.'),
      autoRotate: Flag.describe('Whether keys should be rotated automatically. Defaults to true.'),
    })),
  )
  .describe('Requested rotation of encryption keys.');

const KeyManagementSchema = z
  .looseObject(
    lazyShape(() => ({
      provider: z
        .enum(['local', 'aws-kms', 'azure-key-vault', 'gcp-kms', 'hashicorp-vault'])
        .describe('Key management service that holds the encryption keys. local: the application itself.'),
      keyId: z
        .string()
        .optional()
        .describe('Identifier of the key in the key management service; never the key itself.'),
      rotationPolicy: RotationPolicySchema.optional(),
    })),
  )
  .describe('Key management service and key used for encryption.');

export const EncryptionConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: Flag.describe('Whether values should be encrypted. Defaults to false.'),
      algorithm: z
        .enum(['aes-256-gcm', 'aes-256-cbc', 'chacha20-poly1305'])
        .optional()
        .describe('Encryption algorithm. Defaults to aes-256-gcm.'),
      keyManagement: KeyManagementSchema,
      scope: z
        .enum(['field', 'record', 'table', 'database'])
        .describe(
          'Requested scope of one encryption key: a separate key for each field, record or table, or one key for the database.',
        ),
      deterministicEncryption: Flag.describe(
        'Whether equal values should be encrypted to equal ciphertexts. Defaults to false.',
      ),
      searchableEncryption: Flag.describe(
        'Whether encrypted values should be searchable. Defaults to false.',
      ),
    })),
  )
  .describe('Requested encryption of a field. This runtime does not encrypt field values.');
export type EncryptionConfig = z.infer<typeof EncryptionConfigSchema>;

export const MaskingRuleSchema = z
  .looseObject(
    lazyShape(() => ({
      field: z
        .string()
        .optional()
        .describe('Name of the field to mask; must be the field that has the rule. Defaults to that field.'),
      strategy: z
        .enum(['redact', 'partial', 'hash', 'tokenize', 'randomize', 'nullify', 'substitute'])
        .describe(
          'How a clone of the tenant masks the values. redact: replace them by a fixed value; partial: replace the letters and digits of text by asterisks, except for at most its last quarter; hash and tokenize: replace equal text values by equal strings of letters and digits, which cannot be reversed; randomize: replace each value by another one of the same format; substitute: like randomize, but equal values by equal values; nullify: remove the values.',
        ),
      pattern: z
        .string()
        .optional()
        .describe(
          'Pattern of the characters to mask, for the strategy partial. Its syntax is determined by the application, so a tenant with such a rule cannot be cloned with masked values.',
        ),
      preserveFormat: Flag.describe(
        'Whether the masked text should have the format of the original, for the strategies randomize and substitute. Email addresses, URLs and phone numbers always do. Defaults to true.',
      ),
      preserveLength: Flag.describe(
        'Whether the masked text should have the length of the original, for the strategies redact, randomize and substitute. Defaults to true.',
      ),
      roles: Texts.describe(
        'List of names of roles that should see the masked value. Not interpreted: a clone contains no other value.',
      ),
      exemptRoles: Texts.describe(
        'List of names of roles that should see the original value. Not interpreted: a clone does not contain it.',
      ),
    })),
  )
  .describe(
    'Masking of the values of a field in clones of the tenant. Values in the tenant itself are neither masked nor restricted.',
  );
export type MaskingRule = z.infer<typeof MaskingRuleSchema>;
