import { namesAlong, vectorsBringing } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import type { TensorInput } from '../../../definition/tensorInput.js';

/** The options of losses that compare the examples of a batch with each other, or with others. */
export interface ReferenceOptions {
  /**
   * Vectors, `[M, D]`, that each example is compared with in place of the other examples, such as those of earlier batches;
   * with a gradient. None of them is taken for the example itself. Default null.
   */
  readonly references: TensorInput | null;
  /** The labels of the references, `[M]`. Default null. */
  readonly referenceLabels: TensorInput | null;
}

export const referenceOptions: OptionSchema<ReferenceOptions> = {
  references: [null, /* @__PURE__ */ vectorsBringing('M', 'D')],
  referenceLabels: [null, /* @__PURE__ */ namesAlong('M')],
};

/** References without labels, and labels without references, mean nothing. */
export const checkReferences = ({ references, referenceLabels }: ReferenceOptions): string | undefined =>
  (references === null) === (referenceLabels === null)
    ? undefined
    : `${references === null ? 'referenceLabels' : 'references'} came alone; expected both references and referenceLabels`;
