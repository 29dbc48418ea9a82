import {
  type AutonumberFormat,
  autonumberFormatText,
  type Field,
  isAutonumberTokenField,
  parseAutonumberFormat,
} from '@objectstack/spec/data';

/** The format of an autonumber field of an object. Parts that are not valid tokens are literal text. */
export function autonumberOf(field: Field, fields: ReadonlyMap<string, Field>): AutonumberFormat | null {
  if (field.type !== 'autonumber') return null;
  const isTokenField = (name: string) => isAutonumberTokenField(fields.get(name));
  return parseAutonumberFormat(autonumberFormatText(field), isTokenField).format;
}
