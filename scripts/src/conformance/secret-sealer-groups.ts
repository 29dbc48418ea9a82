/** What the requirements of a secret sealer ask for, by group. */
export const SECRET_SEALER_GROUPS: Readonly<Record<string, string>> = {
  seal: 'Encrypting a secret, so that nothing of it can be read and no two results are equal.',
  open: 'Decrypting only what was sealed for the same place and was not modified, also after a key rotation.',
};
