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
      name: z.string().describe('Name of the size.'),
      width: length.describe('Width in pixels.'),
      height: length.describe('Height in pixels.'),
      crop: Flag.describe('Whether the image is cut to these proportions. Absent: false.'),
    })),
  )
  .describe('A smaller copy of an image.');

export const ImageValidationSchema = z
  .looseObject(
    lazyShape(() => ({
      minWidth: Size.describe('Smallest width in pixels.'),
      maxWidth: Size.describe('Largest width in pixels.'),
      minHeight: Size.describe('Smallest height in pixels.'),
      maxHeight: Size.describe('Largest height in pixels.'),
      aspectRatio: Text.describe('Proportions, such as 16:9.'),
      generateThumbnails: Flag.describe('Whether smaller copies are made. Absent: false.'),
      thumbnailSizes: z.array(ThumbnailSchema).optional().describe('The smaller copies.'),
      preserveMetadata: Flag.describe('Whether data that a camera wrote stay in the file. Absent: false.'),
      autoRotate: Flag.describe('Whether the image is turned upright. Absent: true.'),
    })),
  )
  .describe('What an image must be, and what is made of it.');
export type ImageValidation = z.infer<typeof ImageValidationSchema>;

export const FileAttachmentConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      minSize: z.number().min(0).optional().describe('Smallest size in bytes.'),
      maxSize: Size.describe('Largest size in bytes.'),
      allowedTypes: Texts.describe('File name extensions that are taken, no others.'),
      blockedTypes: Texts.describe('File name extensions that are refused.'),
      allowedMimeTypes: Texts.describe('Media types that are taken, no others.'),
      blockedMimeTypes: Texts.describe('Media types that are refused.'),
      virusScan: Flag.describe('Whether files are searched for viruses. Absent: false.'),
      virusScanProvider: z
        .enum(['clamav', 'virustotal', 'metadefender', 'custom'])
        .optional()
        .describe('Who searches for viruses.'),
      virusScanOnUpload: Flag.describe('Whether the search happens before a file is kept. Absent: true.'),
      quarantineOnThreat: Flag.describe('Whether a suspicious file is set aside. Absent: true.'),
      storageProvider: Text.describe('Where files are kept.'),
      storageBucket: Text.describe('Bucket within that place.'),
      storagePrefix: Text.describe('Path within the bucket.'),
      imageValidation: ImageValidationSchema.optional(),
      allowMultiple: Flag.describe('Whether several files may be attached. Absent: false.'),
      allowReplace: Flag.describe('Whether a file may be replaced. Absent: true.'),
      allowDelete: Flag.describe('Whether a file may be removed. Absent: true.'),
      requireUpload: Flag.describe('Whether a link to a file elsewhere is refused. Absent: false.'),
      extractMetadata: Flag.describe('Whether what a file says of itself is read. Absent: true.'),
      extractText: Flag.describe('Whether the text of a file is read. Absent: false.'),
      versioningEnabled: Flag.describe('Whether earlier versions of a file are kept. Absent: false.'),
      maxVersions: Size.describe('Most versions that are kept.'),
      publicRead: Flag.describe('Whether anybody may read the file. Absent: false.'),
      presignedUrlExpiry: z
        .number()
        .min(60)
        .max(604_800)
        .optional()
        .describe('Seconds for which a link to the file works. Absent: 3600.'),
    })),
  )
  .describe('Which files a field takes, and what happens to them.');
export type FileAttachmentConfig = z.infer<typeof FileAttachmentConfigSchema>;
