import { type Field, referenceTarget } from '@objectstack/spec/data';
import type { AppCompatibilityIssue, AppManifest } from '@objectstack/spec/system';
import type { RetainedInstallation } from './find-retained-data.js';

type Fields = Readonly<Record<string, Field>>;

interface Renamed {
  readonly renamedFrom?: string | readonly string[] | undefined;
}

const isRenamed = ({ renamedFrom }: Renamed, from: string): boolean =>
  [renamedFrom ?? []].flat().includes(from);

/** Fields that an app gives to an object: all of its own, and those of its extensions. */
function fieldsOf({ objects, objectExtensions }: AppManifest, object: string): Fields | undefined {
  const own = objects.find(({ name }) => name === object)?.fields;
  const added = objectExtensions.flatMap(({ extend, fields }) =>
    extend === object && fields ? [fields] : [],
  );
  return own || added.length > 0 ? Object.assign({}, own, ...added) : undefined;
}

const fieldIn = (fields: Fields | undefined, name: string) =>
  fields && Object.hasOwn(fields, name) ? fields[name] : undefined;

const hasSameValues = (one: Field, other: Field) =>
  one.type === other.type && Boolean(one.multiple) === Boolean(other.multiple);

/** Values that refer to records of another object would be taken for lost references, and records that require one removed. */
const refersToOther = (one: Field, other: Field, object: string) =>
  referenceTarget(one, object) !== referenceTarget(other, object);

const hasIntegerIds = ({ objects }: AppManifest, object: string): boolean | undefined => {
  const found = objects.find(({ name }) => name === object);
  return found && found.idType === 'integer';
};

/**
 * Reports retained data that an installation of the manifest would not restore. Values are only copied to fields of the same
 * name and type, in the stored form of which they are retained. Pure.
 */
export function checkRetainedData(
  manifest: AppManifest,
  { manifest: before, data }: RetainedInstallation,
): AppCompatibilityIssue[] {
  const suggestion = `Install version ${before.version} first, then upgrade.`;
  const unlike = (code: AppCompatibilityIssue['code'], subject: string, message: string) => ({
    severity: 'error' as const,
    code,
    subject,
    message: `The retained data of version ${before.version} ${message}`,
    suggestion,
  });
  const left = (subject: string): AppCompatibilityIssue => ({
    severity: 'warning',
    code: 'retained_data',
    subject,
    message: `The retained data of version ${before.version} is not restored in ${subject}, which this version does not have.`,
  });
  return data.flatMap(({ object }): AppCompatibilityIssue[] => {
    const [old, now] = [fieldsOf(before, object), fieldsOf(manifest, object)];
    if (!now) {
      const next = manifest.objects.find((other) => isRenamed(other, object));
      return [
        next
          ? unlike('retained_data', object, `is in ${object}, which is renamed to ${next.name}.`)
          : left(object),
      ];
    }
    if (hasIntegerIds(before, object) === false && hasIntegerIds(manifest, object))
      return [
        {
          ...unlike(
            'retained_data',
            object,
            `has ids of ${object} that are no integers, as this version requires.`,
          ),
          suggestion:
            'Install a version with such ids, or purge the retained data by uninstalling the app again.',
        },
      ];
    return Object.entries(old ?? {}).flatMap(([name, field]): AppCompatibilityIssue[] => {
      const subject = `${object}.${name}`;
      const next = fieldIn(now, name);
      if (next && !hasSameValues(next, field))
        return [unlike('field_type_mismatch', subject, `has another type in ${subject}.`)];
      if (next)
        return refersToOther(next, field, object)
          ? [unlike('retained_data', subject, `refers to records of another object in ${subject}.`)]
          : [];
      const [renamed] = Object.entries(now).find(([, other]) => isRenamed(other, name)) ?? [];
      return [
        renamed
          ? unlike('retained_data', subject, `is in ${subject}, which is renamed to ${renamed}.`)
          : left(subject),
      ];
    });
  });
}
