import { ObjectStackError } from '@objectstack/spec/shared';
import { assembleRuntime } from './assemble-runtime.js';
import type { Runtime } from './runtime.js';
import { assertRuntimeOptions, partsOf, type RuntimeOptions, type RuntimeParts } from './runtime-options.js';
import { readTemplates, type TemplateSources } from './template/read-templates.js';

/** A template is of no use if databases cannot be copied. */
function assertSeedSupported({ dataPlane }: RuntimeParts, sources: TemplateSources): void {
  if (sources.size === 0 || dataPlane.platform.supports.seed) return;
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message:
      'The data plane cannot copy databases, so templates are not supported. Remove the option templates.',
    details: { settings: ['templates'] },
  });
}

async function closeParts({ registry, dataPlane }: RuntimeParts, stopped: Promise<void>): Promise<void> {
  try {
    await stopped;
    await registry.close();
  } finally {
    await dataPlane.close();
  }
}

/**
 * Creates a control plane with all its services. An embedded data plane has defaults for the other parts. With any
 * other data plane, a missing part is a type error and `configuration_incomplete`.
 */
export async function createRuntime(input: RuntimeOptions): Promise<Runtime> {
  const options = assertRuntimeOptions(input);
  const parts = partsOf(options);
  const sources = await readTemplates(options.templates);
  assertSeedSupported(parts, sources);
  const { services, begin, refuse } = assembleRuntime(parts, options, sources);
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= closeParts(parts, refuse());
    return closing;
  };
  try {
    await parts.registry.initialize();
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
  begin();
  return { ...services, close };
}
