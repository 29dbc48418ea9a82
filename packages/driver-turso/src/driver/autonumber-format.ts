/** An autonumber pattern such as `INV-{0000}`: what stands before and after the number, and its least digits. */
export interface AutonumberFormat {
  readonly prefix: string;
  readonly digits: number;
  readonly suffix: string;
}

const PLACEHOLDER = /\{(0{1,15})\}/;

/** A pattern without a placeholder has the number at its end. */
export function parseAutonumberFormat(format = ''): AutonumberFormat {
  const match = PLACEHOLDER.exec(format);
  if (!match) return { prefix: format, digits: 1, suffix: '' };
  const digits = match[1]?.length ?? 1;
  return {
    prefix: format.slice(0, match.index),
    digits,
    suffix: format.slice(match.index + match[0].length),
  };
}

/** The number in a text of this pattern, or null when the text is of another. */
export function readAutonumber({ prefix, suffix }: AutonumberFormat, text: string): number | null {
  if (!text.startsWith(prefix) || !text.endsWith(suffix) || text.length < prefix.length + suffix.length)
    return null;
  const digits = text.slice(prefix.length, text.length - suffix.length);
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}
