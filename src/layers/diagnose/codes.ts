/** How bad it is: nothing useful is learned, or slowly or to a worse end, or it is merely good to know. */
export type Severity = 'error' | 'warning' | 'info';

/** What is known of a kind of finding before it is found. */
interface Kind {
  readonly severity: Severity;
  /** One line for tables. */
  readonly about: string;
}

/* @__NO_SIDE_EFFECTS__ */
const kinds = <const T extends Readonly<Record<string, Kind>>>(table: T): T => table;

/** All kinds of findings, causes before their consequences: `diagnose` lists its findings in this order. */
export const codes = /* @__PURE__ */ kinds({
  'inputs-do-not-fit': { severity: 'error', about: 'inputs have another shape than the model takes' },
  'inputs-not-finite': { severity: 'error', about: 'NaN or infinite numbers among the inputs' },
  'tokens-out-of-range': {
    severity: 'error',
    about: 'inputs of an embedding that are no indices of its table',
  },
  'inputs-constant': { severity: 'error', about: 'all examples have the same inputs' },
  'labels-are-text': { severity: 'error', about: 'labels are strings' },
  'labels-not-finite': { severity: 'error', about: 'NaN or infinite numbers among labels that count' },
  'labels-swapped': { severity: 'error', about: 'labels look like predictions, and predictions like labels' },
  'examples-differ': { severity: 'error', about: 'inputs, labels and weights have different numbers of examples' },
  'shapes-differ': { severity: 'error', about: 'labels have another shape than the predictions' },
  'labels-0-255': { severity: 'error', about: 'labels are 0 and 255, or up to 255, in place of 0 and 1' },
  'one-hot-labels-for-indices': { severity: 'error', about: 'one-hot labels for a loss of class indices' },
  'indices-for-one-hot-labels': { severity: 'error', about: 'class indices for a loss of one number per class' },
  'labels-out-of-range': { severity: 'error', about: 'labels outside of what the loss has a meaning for' },
  'softmax-of-one-unit': { severity: 'error', about: 'a softmax over a single unit, which is always 1' },
  'softmax-for-several-classes': {
    severity: 'error',
    about: 'a softmax, or a loss of exclusive classes, for labels of several classes at once',
  },
  'label-rows-do-not-sum-to-1': { severity: 'warning', about: 'labels of a distribution whose rows do not sum to 1' },
  'head-without-activation': {
    severity: 'error',
    about: 'the last layer gives any number, the loss expects probabilities or the like',
  },
  'relu-before-logarithm': {
    severity: 'error',
    about: 'a relu gives exact zeros to a loss that takes their logarithm',
  },
  'activation-does-not-fit': {
    severity: 'error',
    about: 'the last activation gives other numbers than the loss expects',
  },
  'activation-before-logits': {
    severity: 'error',
    about: 'the loss squashes logits itself, and the model ends in a softmax or sigmoid',
  },
  'labels-beyond-activation': { severity: 'error', about: 'labels that the last activation cannot reach' },
  'sigmoid-for-exclusive-classes': {
    severity: 'warning',
    about: 'a sigmoid for each of classes that exclude each other',
  },
  'binary-loss-of-softmax': { severity: 'warning', about: 'a loss of yes or no for each unit after a softmax' },
  'squared-error-of-probabilities': {
    severity: 'warning',
    about: 'a regression loss after a sigmoid or softmax, whose gradient has the factor f(1 − f)',
  },
  'loss-upside-down': { severity: 'error', about: 'a loss of your own that is larger the better predictions are' },
  'labels-constant': { severity: 'error', about: 'all labels are the same' },
  'weights-all-zero': { severity: 'error', about: 'all weights of examples, classes or of the loss are 0' },
  'weights-negative': { severity: 'error', about: 'weights below 0, or not finite' },
  'nothing-counts': { severity: 'error', about: 'masks or ignored labels leave no position' },
  'few-count': { severity: 'warning', about: 'weights, masks or ignored labels leave few positions' },
  'loss-weight-not-positive': { severity: 'error', about: 'a loss weight of 0, or below' },
  'batch-too-small': { severity: 'error', about: 'no pairs in the batch for a loss that compares examples' },
  'learning-rate-zero': { severity: 'error', about: 'a learning rate of 0, below 0 or not a number' },
  'nothing-trainable': { severity: 'error', about: 'no variable is trained: everything is frozen' },
  'frozen-at-compile': { severity: 'warning', about: 'layers that were unfrozen after the model was compiled' },
  'dropout-at-the-end': { severity: 'error', about: 'a dropout or noise after the last layer' },
  'dropout-too-high': { severity: 'warning', about: 'a dropout of 0.9 or more' },
  'weights-not-finite': { severity: 'error', about: 'NaN or infinite numbers in a variable of the model' },
  'units-identical': { severity: 'error', about: 'all units of a hidden layer have the same weights' },
  'weights-unscaled': {
    severity: 'warning',
    about: 'weights far too large or too small for the inputs of their layer',
  },
  'penalty-dominates': { severity: 'warning', about: 'penalties of regularizers far larger than the loss' },
  'softmax-between': { severity: 'warning', about: 'a softmax in a hidden layer' },
  'model-is-linear': {
    severity: 'warning',
    about: 'several layers without activation, which are together a single one',
  },
  'inputs-unscaled': { severity: 'warning', about: 'inputs far from the size of 1, such as 0 to 255' },
  'labels-unscaled': { severity: 'warning', about: 'numbers to be regressed that are far from the size of 1' },
  'half-precision': { severity: 'error', about: 'numbers beyond what float16 holds on this device' },
  'layer-not-finite': { severity: 'error', about: 'the first layer that makes NaN or infinite numbers' },
  'loss-fails': { severity: 'error', about: 'the loss or the model throws on this batch' },
  'loss-not-finite': { severity: 'error', about: 'the loss is NaN or infinite although the predictions are finite' },
  'not-differentiable': {
    severity: 'error',
    about: 'the loss does not depend on the variables in a differentiable way',
  },
  'units-dead': { severity: 'error', about: 'units that give 0 for every example' },
  'layer-saturated': { severity: 'warning', about: 'units at the bounds of their sigmoid or tanh' },
  'gradient-vanishing': { severity: 'warning', about: 'the gradient fades on its way to the first layers' },
  'gradient-exploding': { severity: 'warning', about: 'the gradient grows on its way to the first layers' },
  'gradient-not-finite': { severity: 'error', about: 'the gradient of a variable is NaN or infinite' },
  'learning-rate-too-large': { severity: 'error', about: 'one step makes the loss much larger' },
  'learning-rate-too-small': { severity: 'warning', about: 'one step changes the loss by next to nothing' },
  'predictions-collapsed': { severity: 'error', about: 'predictions are the same for all examples' },
  'predictions-saturated': { severity: 'warning', about: 'predictions are sure of themselves, and wrong' },
  'gradient-zero': { severity: 'error', about: 'the gradient is exactly 0 from a layer on back, or everywhere' },
  'variable-without-gradient': { severity: 'warning', about: 'a variable that no gradient reaches' },
  'metric-does-not-fit': { severity: 'warning', about: 'a metric that says nothing about these labels' },
  'no-better-than-chance': { severity: 'warning', about: 'a trained model that does not beat constant predictions' },
  'labels-imbalanced': { severity: 'info', about: 'one class is ten times as frequent as another' },
});

/** The name of a kind of finding; names stay as they are. */
export type FindingCode = keyof typeof codes;
