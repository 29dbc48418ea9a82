import ts from 'typescript';
import type { CodeBlock } from './documents.js';

type Module = Readonly<Record<string, unknown>>;

const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.CommonJS,
  target: ts.ScriptTarget.ES2022,
  verbatimModuleSyntax: false,
};

type Load = (specifier: string) => Module;

/** The code as JavaScript that calls `require`. */
function toScript({ document, line, file = String(line), code }: CodeBlock): string {
  const { outputText } = ts.transpileModule(code, { compilerOptions: OPTIONS });
  return `${outputText}\n//# sourceURL=${document}/${file}`;
}

function evaluate(block: CodeBlock, load: Load): Module {
  const exported: Record<string, unknown> = {};
  new Function('exports', 'require', toScript(block))(exported, load);
  return exported;
}

/**
 * Runs the named files of a document, each once, and returns their exports. They import each other, and what is given by
 * specifier.
 */
export function runBlocks(
  blocks: readonly CodeBlock[],
  given: Readonly<Record<string, Module>>,
): (file: string) => Module {
  const named = new Map(blocks.map((block) => [block.file, block]));
  const loaded = new Map(Object.entries(given));
  const load = (specifier: string): Module => {
    const known = loaded.get(specifier);
    if (known) return known;
    const block = named.get(specifier.replace(/^\.\//, '').replace(/\.js$/, '.ts'));
    if (!block) throw new Error(`There is no ${specifier}.`);
    const exported = evaluate(block, load);
    loaded.set(specifier, exported);
    return exported;
  };
  return (file) => load(`./${file.replace(/\.ts$/, '.js')}`);
}

const AsyncFunction = (async () => undefined).constructor as FunctionConstructor;

/** Runs a block that can await, and returns the arguments of each call of `console.log`. */
export async function runExample(
  block: CodeBlock,
  given: Readonly<Record<string, Module>>,
): Promise<unknown[][]> {
  const printed: unknown[][] = [];
  const output = { log: (...values: unknown[]) => printed.push(values) };
  const load: Load = (specifier) => given[specifier] ?? {};
  await new AsyncFunction('exports', 'require', 'console', toScript(block))({}, load, output);
  return printed;
}
