/**
 * Throws if an error is above a limit. Where it is above it yet, `known` is the most that it may be; once that is mended, it
 * has to go.
 */
export function expectUnits(error: number, limit: number, known: number | undefined, where: string): void {
  const units = `${error.toPrecision(3)} units ${where}`;
  if (error > (known ?? limit)) throw new Error(`${units}, at most ${known ?? limit}`);
  if (known !== undefined && error <= limit) throw new Error(`${units}: mended, take ${known} out of what is known`);
}
