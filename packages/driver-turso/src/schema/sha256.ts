import { sha256 as hash } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

type Digest = (text: string) => string;

/** Works on every JavaScript runtime, at a tenth of the speed of Node's implementation. */
export const portableSha256: Digest = (text) => bytesToHex(hash(utf8ToBytes(text)));

/** Node's implementation, loaded so that no bundler includes `node:crypto`. */
function nodeSha256(): Digest | undefined {
  const crypto = globalThis.process?.getBuiltinModule?.('node:crypto');
  return crypto && ((text) => crypto.createHash('sha256').update(text).digest('hex'));
}

/** SHA-256 over the UTF-8 bytes of a text, as 64 hexadecimal digits. */
export const sha256: Digest = nodeSha256() ?? portableSha256;
