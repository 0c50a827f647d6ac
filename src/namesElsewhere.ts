/**
 * Losses that papers and other libraries have and this package does not, by their plain names: how they are made of, or
 * which stand near them.
 */
export const namesElsewhere: Readonly<Record<string, string>> = {
  listnet: 'rankingSoftmax',
  moco: 'infoNce with inBatch: false and a queue of negatives',
  simclr: 'ntXent with normalize: true',
};
