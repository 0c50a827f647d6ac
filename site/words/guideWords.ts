/** What tables in guides say that are made from facts. */
export interface GuideWords {
  readonly sizes: {
    readonly head: readonly string[];
    /** A row, and the entries of docs/sizes.json that it shows. */
    readonly rows: readonly { readonly title: string; readonly usual: string; readonly lite: string }[];
  };
  readonly whichLoss: {
    readonly head: readonly string[];
    /** By the tasks of the facts. */
    readonly tasks: Readonly<Record<string, string>>;
    /** By the domains of the facts, for labels and other inputs. */
    readonly domains: Readonly<Record<string, string>>;
    /** One probability or logit for each entry, in place of a row of classes. */
    readonly perEntry: Readonly<Record<string, string>>;
    readonly orLogits: string;
    readonly orIndices: string;
    /** For what takes no tensors in fixed places. */
    readonly others: string;
    readonly none: string;
    readonly and: string;
  };
}
