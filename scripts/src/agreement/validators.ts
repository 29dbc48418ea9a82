import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Catalog } from '../catalog/catalog.js';
import type { JsonSchemaDocument } from '../json-schema/to-documents.js';

/** Returns the errors of a value; `undefined` if it is valid. */
export type Validator = (document: JsonSchemaDocument, value: unknown) => ErrorObject[] | undefined;

/** Ajv with every document of the catalog, configured from the generated files alone, as a user would. */
export function createValidator({ entries }: Catalog): Validator {
  const ajv = new Ajv2020({ strict: true });
  (addFormats as unknown as (target: Ajv2020) => void)(ajv);
  const documents = new Set(
    entries.flatMap(({ inputDocument, outputDocument }) => [inputDocument, outputDocument]),
  );
  for (const document of documents) ajv.addSchema(document);
  return (document, value) => {
    const validate = ajv.getSchema(String(document.$id));
    if (!validate) throw new Error(`No document has the id ${document.$id}.`);
    return validate(value) === true ? undefined : (validate.errors ?? []);
  };
}
