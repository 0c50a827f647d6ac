/** Whether a version such as `'3.15.1'` is known to come before another one. */
export function isBefore(version: string | undefined, other: string): boolean {
  const [a = NaN, b = NaN] = [version, other].map((text = '') => {
    const [major = NaN, minor = 0] = text.split('.').map((part) => parseInt(part));
    return 1000 * major + minor;
  });
  return a < b;
}
