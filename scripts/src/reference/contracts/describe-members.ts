import { Comment, type ProjectReflection, type Reflection, ReflectionKind, type SomeType } from 'typedoc';
import { MEMBER_DESCRIPTIONS } from './member-descriptions.js';

type Descriptions = ReadonlyMap<string, string>;
type Member = Reflection & { readonly type?: SomeType };

const MEMBERS = ReflectionKind.Parameter | ReflectionKind.Property | ReflectionKind.TypeParameter;
const METHODS = ReflectionKind.Method | ReflectionKind.Constructor;
const CONTAINERS = ReflectionKind.TypeLiteral | MEMBERS;

const firstSentence = (text: string) => /^.*?\.(?= |$)/.exec(text.replace(/\s+/g, ' '))?.[0] ?? text;

/** The method, or the type, that a member belongs to; undefined for a member of a result, a callback or a union. */
function ownerOf(member: Reflection): Reflection | undefined {
  const { parent } = member;
  if (!parent) return undefined;
  if (member.kindOf(ReflectionKind.TypeParameter)) return parent;
  if (member.kindOf(ReflectionKind.Parameter))
    return parent.parent?.kindOf(METHODS) ? parent.parent : undefined;
  if (!parent.kindOf(ReflectionKind.TypeLiteral)) return parent.kindOf(CONTAINERS) ? ownerOf(parent) : parent;
  return parent.parent?.kindOf(MEMBERS) ? ownerOf(parent.parent) : undefined;
}

/** Names from the parameter or the property of an interface to the member: `query.after.id`. */
function pathOf(member: Reflection): string {
  const { parent } = member;
  if (!parent?.kindOf(CONTAINERS)) return member.name;
  return parent.kindOf(ReflectionKind.TypeLiteral)
    ? pathAbove(parent, member.name)
    : `${pathOf(parent)}.${member.name}`;
}

const pathAbove = (literal: Reflection, name: string) =>
  literal.parent?.kindOf(MEMBERS) ? `${pathOf(literal.parent)}.${name}` : name;

/** Description of the type that a member refers to by name. */
function descriptionOf(type: SomeType | undefined, schemas: Descriptions): string {
  if (type?.type !== 'reference') return '';
  const own = type.reflection?.comment?.summary.map(({ text }) => text).join('') ?? '';
  return firstSentence(own || (schemas.get(type.name) ?? ''));
}

/**
 * Describes parameters, type parameters and properties that have no description of their own: by what their name means in every
 * contract, otherwise by the description of their type. Fails if there is neither.
 */
export function describeMembers(project: ProjectReflection, schemas: Descriptions): void {
  const missing: string[] = [];
  const unused = new Set(Object.keys(MEMBER_DESCRIPTIONS));
  for (const member of project.getReflectionsByKind(MEMBERS) as Member[]) {
    const owner = ownerOf(member);
    if (!owner || member.comment?.hasVisibleComponent()) continue;
    const path = pathOf(member);
    const name = [`${owner.name}.${path}`, path].find((key) => Object.hasOwn(MEMBER_DESCRIPTIONS, key));
    if (name !== undefined) unused.delete(name);
    const text = MEMBER_DESCRIPTIONS[name ?? ''] ?? descriptionOf(member.type, schemas);
    if (text !== '') member.comment = new Comment([{ kind: 'text', text }]);
    else missing.push(`${owner.parent?.name}.${owner.name}: ${path}`);
  }
  if (missing.length > 0)
    throw new Error(`These parameters and properties have no description:\n${missing.join('\n')}`);
  if (unused.size > 0) throw new Error(`No member has the names ${[...unused].join(', ')}.`);
}
