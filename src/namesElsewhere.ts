/**
 * Losses that papers and other libraries have and this package does not, by their plain names: how they are made of, or
 * which stand near them.
 */
export const namesElsewhere: Readonly<Record<string, string>> = {
  bpr: 'softMargin of labels of 1 and differences of scores, or rankingSoftmax of lists',
  contrastive: 'hingeEmbedding of distances, cosineEmbedding or tripletMargin of vectors, or ntXent of a batch',
  dicece: 'combine of dice and a cross-entropy',
  listnet: 'rankingSoftmax',
  ranknet: 'softMargin of labels of 1 and differences of scores',
  rmse: "the square root of meanSquaredError with reduction: 'mean'",
  rootmeansquarederror: "the square root of meanSquaredError with reduction: 'mean'",
  simclr: 'ntXent with normalize: true',
  supcon: 'ntXent with normalize: true, which compares a pair with examples of other labels only',
};
