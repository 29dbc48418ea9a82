type Body = () => Promise<void>;
type ItFunction = (name: string, body: Body) => unknown;

/**
 * Registers the requirements of a conformance suite that are meant, and skips them for a reason, if there is one. The others are
 * tested elsewhere, and do not appear.
 */
export function onlyRequirements(
  it: ItFunction & { readonly skip: ItFunction },
  isMeant: (name: string) => boolean,
  reason: string | undefined,
): ItFunction & { readonly skip: ItFunction } {
  const test: ItFunction = (name, body) => {
    if (!isMeant(name)) return;
    if (reason === undefined) it(name, body);
    else it.skip(`${name} (skipped: ${reason})`, body);
  };
  return Object.assign(test, { skip: () => undefined });
}
