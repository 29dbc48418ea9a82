import type { DeployContext } from '../deploy/deploy-context.js';
import type { TemplateSources } from './read-templates.js';

/** Dependencies and settings of templates. */
export interface TemplateContext
  extends Pick<DeployContext, 'registry' | 'dataPlane' | 'bundles' | 'clock' | 'environment' | 'planQuotas'> {
  readonly sources: TemplateSources;
  /** Time for which a template that no process uses is kept. */
  readonly graceMs: number;
}
