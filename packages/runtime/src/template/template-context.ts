import type { DeployContext } from '../deploy/deploy-context.js';
import type { TemplateSources } from './read-templates.js';

/** Dependencies and settings of templates. */
export interface TemplateContext
  extends Pick<DeployContext, 'registry' | 'dataPlane' | 'bundles' | 'clock' | 'environment' | 'planQuotas'> {
  readonly sources: TemplateSources;
  /** Group of the tenants' databases, of which a copy must be. Absent: that of the platform. */
  readonly group?: string | undefined;
  /** Time for which a template that no process uses is kept. */
  readonly graceMs: number;
}
