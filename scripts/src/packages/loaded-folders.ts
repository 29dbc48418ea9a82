/** Folders of the protocol that each of its subpaths loads. Loading another folder must be a deliberate change. */
export const LOADED_FOLDERS: Readonly<Record<string, readonly string[]>> = {
  '@objectstack/spec/automation': ['automation', 'data', 'shared'],
  '@objectstack/spec/contracts': [],
  '@objectstack/spec/data': ['data', 'shared'],
  '@objectstack/spec/drivers': ['data', 'drivers', 'shared'],
  '@objectstack/spec/http': ['data', 'http', 'shared', 'system'],
  '@objectstack/spec/identity': ['identity'],
  '@objectstack/spec/kernel': ['kernel', 'shared', 'system'],
  '@objectstack/spec/security': ['data', 'security', 'shared'],
  '@objectstack/spec/shared': ['shared'],
  '@objectstack/spec/system': ['automation', 'data', 'security', 'shared', 'system', 'ui'],
  '@objectstack/spec/ui': ['data', 'shared', 'ui'],
};
