/** A name without case, `_`, `-` and spaces, by which names of several libraries are compared. */
export const plainName = (name: string): string => name.replace(/[-_\s]/g, '').toLowerCase();

/** A plain name without a final `loss`. */
export const withoutLoss = (name: string): string => name.replace(/(.)loss$/, '$1');
