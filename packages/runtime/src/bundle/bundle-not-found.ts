import { ChecksumSchema, ObjectStackError } from '@objectstack/spec/shared';

/** The error of a checksum under which nothing is stored, or of something that is not a checksum. */
export function bundleNotFound(checksum?: string): ObjectStackError {
  return new ObjectStackError({
    code: 'bundle_not_found',
    message: checksum
      ? `No bundle ${checksum} is stored. Store it again.`
      : 'The checksum is not 64 lowercase hexadecimal digits.',
    ...(checksum && { details: { checksum } }),
  });
}

export function bundleCorrupt(checksum: string): ObjectStackError {
  return new ObjectStackError({
    code: 'bundle_corrupt',
    message: `The stored bytes of bundle ${checksum} are damaged: they have another checksum. Store the bundle again.`,
    details: { checksum },
  });
}

export const isChecksum = (candidate: string): boolean => ChecksumSchema.safeParse(candidate).success;
