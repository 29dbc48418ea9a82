import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';

const Flag = z.boolean().optional();
const Texts = z.array(z.string()).optional();

const RotationPolicySchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: Flag.describe('Whether encryption keys are rotated. Default: false.'),
      frequencyDays: z
        .number()
        .min(1)
        .optional()
        .describe('Number of days between two rotations. Default: 90.'),
      retainOldVersions: z.number().optional().describe('Number of previous keys to retain. Default: 3.'),
      autoRotate: Flag.describe('Whether keys are rotated automatically. Default: true.'),
    })),
  )
  .describe('Rotation schedule of encryption keys.');

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
      enabled: Flag.describe('Whether values are to be encrypted. Default: false.'),
      algorithm: z
        .enum(['aes-256-gcm', 'aes-256-cbc', 'chacha20-poly1305'])
        .optional()
        .describe('Encryption algorithm. Default: aes-256-gcm.'),
      keyManagement: KeyManagementSchema,
      scope: z
        .enum(['field', 'record', 'table', 'database'])
        .describe(
          'Scope of one encryption key: a separate key for each field, record or table, or one key for the database.',
        ),
      deterministicEncryption: Flag.describe(
        'Whether equal values are encrypted to equal ciphertexts. Default: false.',
      ),
      searchableEncryption: Flag.describe('Whether encrypted values can be searched. Default: false.'),
    })),
  )
  .describe('Requested encryption of a field. This runtime does not encrypt field values.');
export type EncryptionConfig = z.infer<typeof EncryptionConfigSchema>;

export const MaskingRuleSchema = z
  .looseObject(
    lazyShape(() => ({
      field: z.string().describe('Name of the field to mask.'),
      strategy: z
        .enum(['redact', 'partial', 'hash', 'tokenize', 'randomize', 'nullify', 'substitute'])
        .describe(
          'How the value is masked. redact: replaced by a fixed text; partial: some characters are hidden; hash: replaced by a hash; tokenize: replaced by a reversible token; randomize: replaced by a random value; nullify: replaced by null; substitute: replaced by a realistic fictitious value.',
        ),
      pattern: z.string().optional().describe('Pattern of the characters to mask.'),
      preserveFormat: Flag.describe(
        'Whether the masked value has the format of the original. Default: true.',
      ),
      preserveLength: Flag.describe(
        'Whether the masked value has the length of the original. Default: true.',
      ),
      roles: Texts.describe('List of roles that see the masked value.'),
      exemptRoles: Texts.describe('List of roles that see the original value.'),
    })),
  )
  .describe('Requested masking of a field. This runtime does not mask field values.');
export type MaskingRule = z.infer<typeof MaskingRuleSchema>;
