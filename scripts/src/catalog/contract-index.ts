import ts from 'typescript';
import type { SourceFile } from './source-index.js';

export interface ContractMethod {
  readonly contract: string;
  readonly name: string;
  readonly parameters: readonly string[];
  /** Names of the types in the parameters, except those of callbacks. */
  readonly takes: readonly string[];
  /** Names of the types in the result. */
  readonly returns: readonly string[];
  /** Its JSDoc; of overloads, the JSDoc of all of them. */
  readonly doc: string;
}

export interface Contract {
  readonly name: string;
  /** File that declares it, under `packages/spec/src`. */
  readonly file: string;
  readonly doc: string;
  readonly methods: readonly ContractMethod[];
}

type Declaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

function docOf(node: ts.Node): string {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const texts = comments.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '');
  return texts.join('\n').replace(/\s+/g, ' ').trim();
}

/** Names of the types in a type; the types of a callback are not included, because they are not passed in. */
function namesIn(node: ts.Node | undefined): string[] {
  if (!node || ts.isFunctionTypeNode(node)) return [];
  const own = ts.isTypeReferenceNode(node)
    ? [node.typeName.getText()]
    : ts.isExpressionWithTypeArguments(node)
      ? [node.expression.getText()]
      : [];
  const inner: string[] = [];
  ts.forEachChild(node, (child) => {
    inner.push(...namesIn(child));
  });
  return [...own, ...inner];
}

const isMethod = (member: ts.TypeElement): member is ts.MethodSignature => ts.isMethodSignature(member);
const isContract = (node: Declaration): node is ts.InterfaceDeclaration =>
  ts.isInterfaceDeclaration(node) && node.members.some(isMethod);

/** Resolves types that the contracts declare themselves, such as options, to the types that other modules declare. */
function expand(names: readonly string[], declared: ReadonlyMap<string, Declaration>): string[] {
  const found = new Set<string>();
  const visit = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    const declaration = declared.get(name);
    if (declaration && !isContract(declaration)) namesIn(declaration).forEach(visit);
  };
  names.forEach(visit);
  return [...found].sort();
}

function readMethods(node: ts.InterfaceDeclaration, declared: ReadonlyMap<string, Declaration>) {
  const methods = node.members.filter(isMethod);
  return [...new Set(methods.map((method) => method.name.getText()))].map((name): ContractMethod => {
    const signatures = methods.filter((method) => method.name.getText() === name);
    const parameters = signatures.flatMap((signature) => [...signature.parameters]);
    const takes = parameters.flatMap(({ type }) => namesIn(type));
    return {
      contract: node.name.text,
      name,
      parameters: [...new Set(parameters.map((parameter) => parameter.name.getText()))],
      takes: expand(takes, declared),
      returns: expand(
        signatures.flatMap(({ type }) => namesIn(type)),
        declared,
      ),
      doc: signatures.map(docOf).join(' '),
    };
  });
}

/** The contracts with their methods, in the order of their files and lines. */
export function readContracts(sources: readonly SourceFile[]): Contract[] {
  const files = sources.filter(({ path }) => path.startsWith('contracts/'));
  const declarations = files.flatMap(({ path, text }) =>
    ts
      .createSourceFile(path, text, ts.ScriptTarget.Latest, true)
      .statements.filter((node) => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)),
  );
  const declared = new Map(declarations.map((node) => [node.name.text, node]));
  return declarations.filter(isContract).map((node) => ({
    name: node.name.text,
    file: node.getSourceFile().fileName,
    doc: docOf(node),
    methods: readMethods(node, declared),
  }));
}
