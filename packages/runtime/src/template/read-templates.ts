import { ObjectStackError, runStepsInTurns } from '@objectstack/spec/shared';
import type { DeployBundle, DeployBundleInput } from '@objectstack/spec/system';
import { checkBundleSteps } from '../bundle/validate-bundle.js';

/** A template as it is configured. */
export interface TemplateSource {
  readonly bundle: DeployBundle;
  /** Checksum of the bundle. */
  readonly checksum: string;
}

/** Templates by their names. */
export type TemplateSources = ReadonlyMap<string, TemplateSource>;

const LONGEST_NAME = 255;

const invalid = (message: string, details: object) =>
  new ObjectStackError({ code: 'configuration_invalid', message, details: { ...details } });

function entriesOf(templates: unknown): [string, DeployBundleInput][] {
  if (templates === undefined) return [];
  if (typeof templates !== 'object' || templates === null || Array.isArray(templates))
    throw invalid('The option templates of createRuntime must be an object of bundles by name.', {
      settings: ['templates'],
    });
  return Object.entries(templates);
}

/** Validates the bundles of the templates. Rejects with `configuration_invalid`, whose details list the issues. */
export async function readTemplates(templates: unknown): Promise<TemplateSources> {
  const sources = new Map<string, TemplateSource>();
  for (const [name, input] of entriesOf(templates)) {
    const settings = [`templates.${name}`];
    if (name === '' || name.length > LONGEST_NAME)
      throw invalid(`The name of a template must have 1 to ${LONGEST_NAME} characters.`, { settings });
    const { result, bundle, canonical } = await runStepsInTurns(checkBundleSteps(input));
    if (!bundle || !canonical)
      throw invalid('The bundle of a template is not valid. details.issues lists its errors.', {
        settings,
        issues: result.issues,
      });
    sources.set(name, { bundle, checksum: canonical.checksum });
  }
  return sources;
}
