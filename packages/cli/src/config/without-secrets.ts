const SECRET_NAME = '[\\w$]*(?:token|key|secret|password|connectionstring)[\\w$]*';
const SECRET_VALUE = new RegExp(`(["'\`]?${SECRET_NAME}["'\`]?\\s*[:=]\\s*)(["'\`])(.*?)(\\2|$)`, 'gim');

/** Lines of a configuration in which texts that may be secrets are masked: they belong in environment variables. */
export const withoutSecrets = (lines: string): string =>
  lines.replace(
    SECRET_VALUE,
    (_all, name: string, quote: string, value: string, end: string) =>
      `${name}${quote}${'*'.repeat(value.length)}${end}`,
  );

/** Whether a setting of this name contains a secret. */
export const isSecretName = (name: string): boolean => new RegExp(`^${SECRET_NAME}$`, 'i').test(name);
