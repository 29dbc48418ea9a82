import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';

const Flag = z.boolean().optional();
const Text = z.string().optional();
const Texts = z.array(z.string()).optional();
const Size = z.number().min(1).optional();
const length = z.number().min(1);

const ThumbnailSchema = z
  .looseObject(
    lazyShape(() => ({
      name: z.string().describe('Name of the thumbnail size, for example small.'),
      width: length.describe('Width of the thumbnail in pixels.'),
      height: length.describe('Height of the thumbnail in pixels.'),
      crop: Flag.describe(
        'Whether the image is cropped to the aspect ratio of the thumbnail. Default: false.',
      ),
    })),
  )
  .describe('Thumbnail: a smaller version of an uploaded image.');

export const ImageValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      minWidth: Size.describe('Minimum image width in pixels.'),
      maxWidth: Size.describe('Maximum image width in pixels.'),
      minHeight: Size.describe('Minimum image height in pixels.'),
      maxHeight: Size.describe('Maximum image height in pixels.'),
      aspectRatio: Text.describe('Required aspect ratio, for example 16:9.'),
      generateThumbnails: Flag.describe('Whether thumbnails are generated. Default: false.'),
      thumbnailSizes: z.array(ThumbnailSchema).optional().describe('List of thumbnail sizes to generate.'),
      preserveMetadata: Flag.describe(
        'Whether the metadata embedded in the image (EXIF) is preserved. Default: false.',
      ),
      autoRotate: Flag.describe(
        'Whether the image is rotated according to its EXIF orientation. Default: true.',
      ),
    })),
  )
  .describe('Requirements for uploaded images and how they are processed.');
export type ImageValidation = z.infer<typeof ImageValidationSchema>;

export const FileAttachmentConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      minSize: z.number().min(0).optional().describe('Minimum file size in bytes.'),
      maxSize: Size.describe('Maximum file size in bytes.'),
      allowedTypes: Texts.describe(
        'List of accepted file name extensions. If given, all others are rejected.',
      ),
      blockedTypes: Texts.describe('List of rejected file name extensions.'),
      allowedMimeTypes: Texts.describe('List of accepted MIME types. If given, all others are rejected.'),
      blockedMimeTypes: Texts.describe('List of rejected MIME types.'),
      virusScan: Flag.describe('Whether files are scanned for viruses. Default: false.'),
      virusScanProvider: z
        .enum(['clamav', 'virustotal', 'metadefender', 'custom'])
        .optional()
        .describe('Service that scans files for viruses. custom: a scanner of the application.'),
      virusScanOnUpload: Flag.describe('Whether a file is scanned before it is stored. Default: true.'),
      quarantineOnThreat: Flag.describe(
        'Whether a file in which a virus was found is quarantined. Default: true.',
      ),
      storageProvider: Text.describe('Name of the storage service that holds the files, for example s3.'),
      storageBucket: Text.describe('Name of the storage bucket.'),
      storagePrefix: Text.describe('Path prefix of the files within the bucket.'),
      imageValidation: ImageValidationSchema.optional(),
      allowMultiple: Flag.describe('Whether the field accepts more than one file. Default: false.'),
      allowReplace: Flag.describe('Whether a file can be replaced by another. Default: true.'),
      allowDelete: Flag.describe('Whether a file can be deleted. Default: true.'),
      requireUpload: Flag.describe(
        'Whether files must be uploaded; links to files stored elsewhere are rejected. Default: false.',
      ),
      extractMetadata: Flag.describe(
        'Whether file metadata such as the author or the image size is extracted. Default: true.',
      ),
      extractText: Flag.describe('Whether the text content of files is extracted. Default: false.'),
      versioningEnabled: Flag.describe('Whether previous versions of a file are retained. Default: false.'),
      maxVersions: Size.describe('Maximum number of versions to retain.'),
      publicRead: Flag.describe('Whether files can be read without signing in. Default: false.'),
      presignedUrlExpiry: z
        .number()
        .min(60)
        .max(604_800)
        .optional()
        .describe('Lifetime of a presigned download URL, in seconds. Default: 3600.'),
    })),
  )
  .describe('Which files a field accepts and how they are processed and stored.');
export type FileAttachmentConfig = z.infer<typeof FileAttachmentConfigSchema>;
