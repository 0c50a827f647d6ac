import type { Tensor } from '@tensorflow/tfjs';

/** The same words in English and in Chinese. */
export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/** One line of an entry: a number, a row of numbers, or nothing where a column has none. */
export type Line = number | readonly number[] | null;

/** What a computation may give: tensors are read, and an array of one value is that value. */
export type Value = number | null | Tensor | readonly Value[];

/** Digits as an article prints them; how many there are says how exact the number is meant to be. */
export type Printed = readonly (string | readonly string[] | null)[];

/** How far two numbers may lie apart: absolute + relative · |number|. */
export interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
}

/** Something that must be true of the numbers, such as that one is larger than another. */
export interface Relation extends Bilingual {
  readonly test: (numbers: readonly number[]) => boolean;
}

/** What is wrong in an article, and what is right: its numbers (printed or as its formula gives them), or its words. */
export interface Correction extends Bilingual {
  readonly of: 'numbers' | 'words';
}

/** One formula, number or claim of an article. Table, report, JSON and exit status are derived from these. */
export interface Entry {
  readonly id: string;
  /** What the article says, in our words. */
  readonly claim: Bilingual;
  /** The formula, the right one where the article's is not, in LaTeX. */
  readonly formula: string;
  /** What each line of numbers is. */
  readonly lines: readonly string[];
  /** The article's numbers, digit by digit. */
  readonly printed?: Printed;
  /** Where the printed numbers come from, if not from the text of the article itself. */
  readonly source?: Bilingual;
  /** What the article's formula gives as it stands, where it is wrong. */
  readonly asWritten?: () => Value;
  /** In plain arithmetic, without tensors. */
  readonly byHand: () => Value;
  /** By this package; left out only where it has nothing of the kind. */
  readonly byPackage?: () => Value;
  /** By tfjs's own ops, `tf.losses` or the losses of tfjs-layers. */
  readonly byTfjs?: () => Value;
  readonly holds?: Relation;
  /** Default: float32. */
  readonly tolerance?: Tolerance & { readonly why: string };
  readonly correction?: Correction;
  /** What tfjs gives where it is not right: pinned, so that it shows when tfjs changes. */
  readonly tfjsDiffers?: Bilingual & { readonly values: readonly Line[] };
  readonly note?: Bilingual;
}

export interface Article {
  readonly title: Bilingual;
  readonly author: string;
  /** What it says beyond this and why it has no entry. */
  readonly unchecked: readonly Bilingual[];
  readonly entries: readonly Entry[];
}
