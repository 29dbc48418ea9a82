import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';

const Flag = z.boolean().optional();
const Texts = z.array(z.string()).optional();

const RotationPolicySchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: Flag.describe('Whether keys are replaced. Absent: false.'),
      frequencyDays: z.number().min(1).optional().describe('Days between two keys. Absent: 90.'),
      retainOldVersions: z.number().optional().describe('Former keys that are kept. Absent: 3.'),
      autoRotate: Flag.describe('Whether keys are replaced without being asked to. Absent: true.'),
    })),
  )
  .describe('How often keys are replaced.');

const KeyManagementSchema = z
  .looseObject(
    lazyShape(() => ({
      provider: z
        .enum(['local', 'aws-kms', 'azure-key-vault', 'gcp-kms', 'hashicorp-vault'])
        .describe('Who keeps the keys.'),
      keyId: z.string().optional().describe('Id of the key with its keeper; never the key itself.'),
      rotationPolicy: RotationPolicySchema.optional(),
    })),
  )
  .describe('Where the keys are.');

export const EncryptionConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: Flag.describe('Whether values should be encrypted. Absent: false.'),
      algorithm: z
        .enum(['aes-256-gcm', 'aes-256-cbc', 'chacha20-poly1305'])
        .optional()
        .describe('Cipher. Absent: aes-256-gcm.'),
      keyManagement: KeyManagementSchema,
      scope: z.enum(['field', 'record', 'table', 'database']).describe('How much one key covers.'),
      deterministicEncryption: Flag.describe(
        'Whether equal values look equal when encrypted. Absent: false.',
      ),
      searchableEncryption: Flag.describe('Whether encrypted values can be searched. Absent: false.'),
    })),
  )
  .describe('How the author wants a field encrypted. Nothing is encrypted by it.');
export type EncryptionConfig = z.infer<typeof EncryptionConfigSchema>;

export const MaskingRuleSchema = z
  .looseObject(
    lazyShape(() => ({
      field: z.string().describe('Field that is masked.'),
      strategy: z
        .enum(['redact', 'partial', 'hash', 'tokenize', 'randomize', 'nullify', 'substitute'])
        .describe('What takes the place of the value.'),
      pattern: z.string().optional().describe('Which part of the value is masked.'),
      preserveFormat: Flag.describe('Whether the masked value keeps its form. Absent: true.'),
      preserveLength: Flag.describe('Whether the masked value keeps its length. Absent: true.'),
      roles: Texts.describe('Roles that see the masked value.'),
      exemptRoles: Texts.describe('Roles that see the value itself.'),
    })),
  )
  .describe('How the author wants a field masked. Nothing is masked by it.');
export type MaskingRule = z.infer<typeof MaskingRuleSchema>;
