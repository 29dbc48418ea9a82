/** SQL text whose values are bound to placeholders: text before, between and after the values. */
export class Sql {
  constructor(
    readonly texts: readonly string[],
    readonly values: readonly unknown[],
  ) {}

  /** The statement with numbered placeholders. */
  get text(): string {
    return this.texts.reduce((text, part, index) => `${text}$${index}${part}`);
  }
}

/** Composes SQL: an inserted `Sql` becomes part of the text, every other value is bound to a placeholder. */
export function sql(strings: readonly string[], ...inputs: readonly unknown[]): Sql {
  const texts = [strings[0] ?? ''];
  const values: unknown[] = [];
  const append = (text: string) => texts.push((texts.pop() ?? '') + text);
  for (const [index, input] of inputs.entries()) {
    if (input instanceof Sql) {
      append(input.texts[0] ?? '');
      texts.push(...input.texts.slice(1));
      values.push(...input.values);
    } else {
      texts.push('');
      values.push(input);
    }
    append(strings[index + 1] ?? '');
  }
  return new Sql(texts, values);
}

/** Text that the driver wrote itself. */
export const verbatim = (text: string): Sql => new Sql([text], []);

/** A quoted identifier. */
export const name = (identifier: string): Sql => verbatim(`"${identifier.replaceAll('"', '""')}"`);

/** The parts with a separator between them. */
export const join = (parts: readonly Sql[], separator = ', '): Sql =>
  sql(['', ...parts.slice(1).map(() => separator), ''], ...parts);
