import type { ObjectModel } from './object-model.js';
import { rejection } from './rejection.js';

/**
 * Returns the model of the deployed object with the name that was passed to a call. Throws `invalid_request` if the
 * name is not a string, and `object_not_found` if there is no object of this name.
 */
export function modelOf<Model extends Pick<ObjectModel, 'name'>>(
  models: ReadonlyMap<string, Model>,
  object: string,
): Model {
  if (typeof object !== 'string') throw rejection('invalid_request', { path: '/object' });
  const model = models.get(object);
  if (!model) throw rejection('object_not_found', { object });
  return model;
}
