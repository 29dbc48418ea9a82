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
        'Whether the image should be cropped to the aspect ratio of the thumbnail. Defaults to false.',
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
      generateThumbnails: Flag.describe('Whether thumbnails should be generated. Defaults to false.'),
      thumbnailSizes: z.array(ThumbnailSchema).optional().describe('List of thumbnail sizes to generate.'),
      preserveMetadata: Flag.describe(
        'Whether the metadata embedded in the image (EXIF) should be preserved. Defaults to false.',
      ),
      autoRotate: Flag.describe(
        'Whether the image should be rotated according to its EXIF orientation. Defaults to true.',
      ),
    })),
  )
  .describe('Requested validation and processing of uploaded images.');
export type ImageValidation = z.infer<typeof ImageValidationSchema>;

export const FileAttachmentConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      minSize: z.number().min(0).optional().describe('Minimum file size in bytes.'),
      maxSize: Size.describe('Maximum file size in bytes.'),
      allowedTypes: Texts.describe(
        'List of the file name extensions to accept, for example .pdf; all others should be rejected. Defaults to accepting all.',
      ),
      blockedTypes: Texts.describe(
        'List of the file name extensions to reject, for example .exe. Defaults to none.',
      ),
      allowedMimeTypes: Texts.describe(
        'List of the MIME types to accept, for example application/pdf; all others should be rejected. Defaults to accepting all.',
      ),
      blockedMimeTypes: Texts.describe(
        'List of the MIME types to reject, for example application/x-msdownload. Defaults to none.',
      ),
      virusScan: Flag.describe('Whether files should be scanned for viruses. Defaults to false.'),
      virusScanProvider: z
        .enum(['clamav', 'virustotal', 'metadefender', 'custom'])
        .optional()
        .describe('Service to scan files for viruses. custom: a scanner of the application.'),
      virusScanOnUpload: Flag.describe(
        'Whether a file should be scanned before it is stored. Defaults to true.',
      ),
      quarantineOnThreat: Flag.describe(
        'Whether a file that contains a virus should be quarantined. Defaults to true.',
      ),
      storageProvider: Text.describe('Name of the storage service for the files, for example s3.'),
      storageBucket: Text.describe('Name of the bucket for the files in the storage service.'),
      storagePrefix: Text.describe('Path prefix of the files within the bucket, for example attachments/.'),
      imageValidation: ImageValidationSchema.optional(),
      allowMultiple: Flag.describe('Whether the field should accept more than one file. Defaults to false.'),
      allowReplace: Flag.describe('Whether users may replace a file. Defaults to true.'),
      allowDelete: Flag.describe('Whether users may delete a file. Defaults to true.'),
      requireUpload: Flag.describe(
        'Whether files must be uploaded. If false, links to files stored elsewhere are acceptable. Defaults to false.',
      ),
      extractMetadata: Flag.describe(
        'Whether file metadata such as the author or the image size should be extracted. Defaults to true.',
      ),
      extractText: Flag.describe('Whether the text content of files should be extracted. Defaults to false.'),
      versioningEnabled: Flag.describe(
        'Whether previous versions of a file should be retained. Defaults to false.',
      ),
      maxVersions: Size.describe('Maximum number of versions of a file to retain.'),
      publicRead: Flag.describe(
        'Whether files should be readable without authentication. Defaults to false.',
      ),
      presignedUrlExpiry: z
        .number()
        .min(60)
        .max(604_800)
        .optional()
        .describe('Requested lifetime of a presigned download URL, in seconds. Defaults to 3600.'),
    })),
  )
  .describe('Requested validation, processing and storage of the files of a field.');
export type FileAttachmentConfig = z.infer<typeof FileAttachmentConfigSchema>;
