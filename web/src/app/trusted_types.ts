interface PolicyFactory {
  createPolicy(name: string, rules: { createHTML: (html: string) => string | null }): unknown;
}

/** React Aria clears its live region with `innerHTML = ''`. Nothing but the empty text is let through. */
export function allowEmptyHtml() {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  factory?.createPolicy('default', { createHTML: (html) => (html === '' ? html : null) });
}
