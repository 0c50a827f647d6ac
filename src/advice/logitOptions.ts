/** How a loss is told that predictions are what comes before probabilities, rates or variances. */
const logitOptions = { fromLogits: true, predictionFormat: 'logits', logInput: true, logVariance: true } as const;

/** The first of these options that a loss has, by its name; null: it has none. */
export function logitOption(schema: object): Readonly<Record<string, string | boolean>> | null {
  const option = Object.entries(logitOptions).find(([name]) => name in schema);
  return option ? Object.fromEntries([option]) : null;
}
