/** An attribute with exactly this text as its value. */
export function jsxAttribute(name: string, value: string): string {
  return /["&\\\n]/.test(value) ? `${name}={${JSON.stringify(value)}}` : `${name}="${value}"`;
}
