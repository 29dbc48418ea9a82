import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { DiagramOutput } from '@objectstack/spec/system';
import type { Diagram } from '../diagram/diagram.js';
import { differenceDiagram } from '../diagram/difference-diagram.js';
import { objectDiagram } from '../diagram/object-diagram.js';
import { stateDiagram } from '../diagram/state-diagram.js';
import { toMermaid } from '../diagram/to-mermaid.js';
import type { Action, CommandInput } from '../frame/command.js';
import type { CommandContext } from '../frame/command-context.js';
import { commandError, usageError } from '../frame/command-error.js';
import { isSet, listOption, textOption } from '../frame/read-options.js';
import { counted } from '../output/counted.js';
import { type Version, versionOf } from '../project/version-of.js';

/** The version with only the named objects. */
function onlyNamed({ name, objects }: Version, names: readonly string[]): Version {
  return names.length === 0
    ? { name, objects }
    : { name, objects: objects.filter((one) => names.includes(one.name)) };
}

function assertKnown(names: readonly string[], versions: readonly Version[]): void {
  const known = new Set(versions.flatMap(({ objects }) => objects.map(({ name }) => name)));
  const unknown = names.find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw commandError({
    code: 'object_not_found',
    message: `There is no object ${unknown}. Objects: ${[...known].join(', ')}.`,
    details: { object: unknown },
    next: ['objectstack diagram'],
  });
}

async function diagramOf(context: CommandContext, input: CommandInput): Promise<Diagram> {
  const [from, to] = input.args;
  const showsStates = isSet(input, 'states');
  if (showsStates && to !== undefined) throw usageError('The option --states is for one version only.');
  const names = listOption(input, 'object');
  const first = await versionOf(context, from);
  const second = to === undefined ? undefined : await versionOf(context, to);
  assertKnown(names, second ? [first, second] : [first]);
  const before = onlyNamed(first, names);
  if (second) {
    const after = onlyNamed(second, names);
    return differenceDiagram(before.objects, after.objects, `${before.name} → ${after.name}`);
  }
  return showsStates
    ? stateDiagram(before.objects, `States of ${before.name}`)
    : objectDiagram(before.objects, `Objects of ${before.name}`);
}

async function sourceOf(
  diagram: Diagram,
  input: CommandInput,
): Promise<{ readonly format: DiagramOutput['format']; readonly source: string }> {
  if ((textOption(input, 'format') ?? 'svg') === 'mermaid')
    return { format: 'mermaid', source: toMermaid(diagram) };
  const { toSvg } = await import('../diagram/to-svg.js');
  const theme = (textOption(input, 'theme') ?? 'auto') as 'auto' | 'light' | 'dark';
  return { format: 'svg', source: toSvg(diagram, theme) };
}

/** Draws the objects of a version, the differences of two versions, or state machines. */
export const drawDiagram: Action = async (context, input) => {
  const diagram = await diagramOf(context, input);
  const { format, source } = await sourceOf(diagram, input);
  const { cwd } = context.environment;
  const { kind, nodes, edges } = diagram;
  const facts = { kind, format, nodes: nodes.length, edges: edges.length };
  const out = textOption(input, 'out');
  if (out === undefined) return { document: { ...facts, source }, text: () => source.trimEnd() };
  const file = resolve(cwd, out);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, source);
  return {
    document: { ...facts, file },
    text: (style) =>
      style.green(`✔ Wrote ${out}: ${counted(nodes.length, kind === 'states' ? 'state' : 'object')}.`),
  };
};
