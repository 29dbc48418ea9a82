import type { Action } from '../frame/command.js';

/** Encrypts the stored secrets with the current key. */
export const rotateKeys: Action = async (context) => {
  const { runtime } = await context.session();
  const rotation = await runtime.keys.rotate({ signal: context.signal });
  const { keyId, resealed, remaining } = rotation;
  return {
    document: rotation,
    text(style) {
      if (keyId === undefined) return 'Nothing is encrypted: this data plane stores no secrets.';
      const done = `${resealed} secrets were encrypted with the key ${keyId}.`;
      return remaining === 0
        ? style.green(`✔ ${done} Earlier keys can be removed from the configuration.`)
        : `${style.yellow(`▲ ${done}`)} ${remaining} still need an earlier key. Repeat the command.`;
    },
  };
};
