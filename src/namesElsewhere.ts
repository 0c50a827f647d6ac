/**
 * Losses that papers and other libraries have and this package does not, by their plain names: how they are made of, or
 * which stand near them.
 */
export const namesElsewhere: Readonly<Record<string, string>> = {
  dicece: 'combine of dice and a cross-entropy',
  listnet: 'rankingSoftmax',
  simclr: 'ntXent with normalize: true',
};
