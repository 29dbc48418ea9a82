/** Characters that would end a line, control a terminal or reorder the text. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;
const IDENTIFIER = /^[a-z_$][\w$]*$/i;

const unicodeEscape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A string literal, or the type of one. */
export const literal = (text: string): string => JSON.stringify(text).replace(CONTROLS, unicodeEscape);

/** The key of a property. */
export const propertyKey = (name: string): string => (IDENTIFIER.test(name) ? name : literal(name));

/** A TSDoc comment in one line, which nothing in the texts can end; empty without any text. */
export function comment(...texts: readonly unknown[]): string {
  const said = texts.filter((text): text is string => typeof text === 'string' && text.trim() !== '');
  const line = said.map((text) => text.replace(CONTROLS, ' ').replaceAll('*/', '*\\/').trim()).join(': ');
  return line === '' ? '' : `/** ${line} */`;
}

/** A name for types, from a machine name: `part_usage` becomes `PartUsage`. */
function typeName(name: string): string {
  const words = name.split(/[^a-z\d]+/i).filter((word) => word !== '');
  const joined = words.map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`).join('');
  return /^[a-z]/i.test(joined) ? joined : `Object${joined}`;
}

/** A different type name for each name, in order; a number distinguishes names that would become equal. */
export function typeNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const first = typeName(name);
    let free = first;
    for (let count = 2; taken.has(free); count++) free = `${first}_${count}`;
    taken.add(free);
    return free;
  });
}

/** An interface; each member is a line without its semicolon, and may have a comment. */
export function interfaceText(
  head: string,
  members: readonly (readonly [comment: string, member: string])[],
) {
  const lines = members.flatMap(([said, member]) => [...(said ? [`  ${said}`] : []), `  ${member};`]);
  return [`${head} {`, ...lines, '}'].join('\n');
}
