/** Folders of the protocol that each of its subpaths loads: another one is a decision, and not to come along unseen. */
export const LOADED_FOLDERS: Readonly<Record<string, readonly string[]>> = {
  '@objectstack/spec/automation': ['automation', 'data', 'shared'],
  '@objectstack/spec/contracts': [],
  '@objectstack/spec/data': ['data', 'shared', 'system'],
  '@objectstack/spec/identity': ['identity'],
  '@objectstack/spec/kernel': ['kernel', 'shared', 'system'],
  '@objectstack/spec/security': ['data', 'security', 'shared'],
  '@objectstack/spec/shared': ['shared'],
  '@objectstack/spec/system': ['automation', 'data', 'security', 'shared', 'system', 'ui'],
  '@objectstack/spec/ui': ['data', 'shared', 'ui'],
};
