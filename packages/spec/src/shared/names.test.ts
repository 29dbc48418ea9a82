import { describe, expect, it } from 'vitest';
import {
  ChecksumSchema,
  MACHINE_NAME_PATTERN,
  MachineNameSchema,
  NAMESPACE_SEPARATOR,
  NamespaceSchema,
  SemanticVersionSchema,
  SYSTEM_PREFIX,
} from './names.zod.js';

describe('MachineNameSchema', () => {
  it.each(['a', 'account', 'order_item', 'select', 'a1', 'crm__account', 'a'.repeat(63)])(
    'accepts %s',
    (name) => {
      expect(MachineNameSchema.parse(name)).toBe(name);
    },
  );

  it.each([
    '',
    'Account',
    '1st',
    '_x',
    'a-b',
    'a b',
    'é',
    'a'.repeat(64),
    'sqlite_master',
    'a\n',
    '_os_object',
    7,
  ])('rejects %j', (name) => {
    expect(MachineNameSchema.safeParse(name).success).toBe(false);
  });
});

describe('SYSTEM_PREFIX', () => {
  it('must not start a machine name', () => {
    expect(MACHINE_NAME_PATTERN.test(`${SYSTEM_PREFIX}object`)).toBe(false);
  });
});

describe('NamespaceSchema', () => {
  it.each(['crm', 'a1', 'my_app', 'a'.repeat(20)])('accepts %s', (namespace) => {
    expect(NamespaceSchema.parse(namespace)).toBe(namespace);
    expect(MachineNameSchema.parse(`${namespace}${NAMESPACE_SEPARATOR}account`)).toBe(
      `${namespace}__account`,
    );
  });

  it.each(['a', 'Crm', '1a', 'crm_', 'my__app', 'a'.repeat(21), 'a\n'])('rejects %j', (namespace) => {
    expect(NamespaceSchema.safeParse(namespace).success).toBe(false);
  });
});

describe('SemanticVersionSchema', () => {
  it.each(['0.0.0', '1.4.0', '10.20.30', '1.0.0-rc.1', '1.0.0-0a', '1.0.0+build.01', '1.0.0-a-b.0+c'])(
    'accepts %s',
    (version) => {
      expect(SemanticVersionSchema.parse(version)).toBe(version);
    },
  );

  it.each([
    '',
    '1',
    '1.0',
    '01.0.0',
    '1.0.0-',
    '1.0.0-01',
    '1.0.0-a..b',
    '1.0.0+',
    'v1.0.0',
    '1.0.0 ',
    '1.0.0\n',
  ])('rejects %j', (version) => {
    expect(SemanticVersionSchema.safeParse(version).success).toBe(false);
  });

  it('rejects more than 255 characters', () => {
    expect(SemanticVersionSchema.safeParse(`1.0.0-${'a'.repeat(250)}`).success).toBe(false);
  });
});

describe('ChecksumSchema', () => {
  it('accepts 64 lowercase hexadecimal digits', () => {
    expect(ChecksumSchema.parse('0f'.repeat(32))).toBe('0f'.repeat(32));
  });

  it.each(['', '0F'.repeat(32), '0f'.repeat(31), `${'0f'.repeat(32)}0`, 'g'.repeat(64)])(
    'rejects %j',
    (checksum) => {
      expect(ChecksumSchema.safeParse(checksum).success).toBe(false);
    },
  );
});
