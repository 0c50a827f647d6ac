import type { Language } from '../../words/index.js';

/** What the pages of losses say around the texts of docstrings, in one language. Ids of headings are the same in all. */
export interface LossWords {
  readonly headings: Readonly<
    Record<
      'plot' | 'inputs' | 'examples' | 'options' | 'notes' | 'throws' | 'elsewhere' | 'related' | 'sources',
      string
    >
  >;
  readonly if: string;
  readonly otherwise: string;
  readonly playground: string;
  readonly task: string;
  readonly tasks: Readonly<Record<string, string>>;
  readonly examples: Readonly<Record<'tf' | 'compile' | 'options', string>>;
  readonly inputs: {
    readonly input: string;
    readonly symbol: string;
    readonly shape: string;
    readonly values: string;
    readonly value: string;
    readonly unit: string;
    /** What is known of the numbers of an input, by its domain. */
    readonly domains: Readonly<Record<string, string>>;
    /** The letters of shapes. */
    readonly letters: Readonly<Record<string, string>>;
    readonly where: string;
    /** What has weights and mask, where that is not the shape of the result. */
    readonly positions: (shape: string) => string;
    readonly parameters: string;
  };
  readonly options: {
    readonly default: string;
    /** Stands in place of the default of an option that has none. */
    readonly needed: string;
    readonly none: string;
    readonly common: string;
    readonly reductions: string;
  };
  readonly throws: (cases: string) => string;
  readonly elsewhere: {
    readonly library: string;
    readonly names: string;
    readonly departs: string;
    /** Stands before the reasons. */
    readonly where: string;
    readonly same: string;
    readonly keras: (name: string) => string;
    readonly aliases: (list: string) => string;
    readonly nothing: string;
  };
  readonly related: {
    readonly indices: string;
    readonly distributions: string;
    readonly binary: string;
    readonly mentioned: string;
    readonly siblings: (task: string) => string;
  };
  readonly sources: { readonly see: string; readonly code: string };
  readonly index: {
    readonly title: string;
    readonly lead: (count: number) => string;
    readonly loss: string;
    readonly formula: string;
    readonly elsewhere: string;
  };
  readonly comma: string;
  readonly end: string;
}

const english: LossWords = {
  headings: {
    plot: 'Plot',
    inputs: 'Inputs and result',
    examples: 'Examples',
    options: 'Options',
    notes: 'Good to know',
    throws: 'What is thrown',
    elsewhere: 'Elsewhere',
    related: 'Related losses',
    sources: 'Sources',
  },
  if: 'if',
  otherwise: 'otherwise',
  playground: 'Try it in the playground',
  task: 'For',
  tasks: {},
  examples: { tf: 'With tensors', compile: 'In a model', options: 'With options' },
  inputs: {
    input: 'input',
    symbol: 'symbol',
    shape: 'shape',
    values: 'values',
    value: 'result',
    unit: 'Unit',
    domains: {
      real: 'any numbers',
      nonNegative: 'numbers ≥ 0',
      logit: 'any numbers: logits, before softmax or sigmoid',
      probability: 'probabilities from 0 to 1',
      heatmap: 'numbers from 0 to 1: 1 at peaks, less around them',
      quality: 'numbers from 0 to 1: how well a box fits; 0 where nothing is',
      distribution: 'probabilities from 0 to 1 that sum to 1 over the classes',
      logProbability: 'log-probabilities ≤ 0',
      classIndex: 'integers: class indices from 0',
      ordinal: 'integers: indices from 0 of classes in their order, one more than thresholds',
      paddedIndex: 'integers: class indices from 0, negative ones for none',
      binaryClass: 'labels 0 or 1',
      group: 'integers: equal ones belong together',
      relevance: 'numbers: how relevant; negative ones are padding',
      embedding: 'any numbers',
      cosine: 'cosines from −1 to 1',
      box: 'four numbers per box',
      hingeLabel: 'labels −1 or 1, or 0 or 1',
      timeAndEvent: 'a time ≥ 0, and 1 for an event or 0 for none by then',
      intervalAndEvent: 'the index of an interval of time, from 0, and 1 for an event in it or 0 for none',
    },
    letters: {
      '...': 'any leading axes, such as batch and time, or none',
      '[...]': 'any shape that broadcasts',
      B: 'examples of the batch',
      C: 'classes',
      K: 'thresholds between classes, components, keypoints or whole numbers, by the loss',
      D: 'entries of a vector',
      L: 'items of a list',
      M: 'members of an ensemble, or draws',
      S: 'labels',
      T: 'time steps',
      Q: 'quantiles',
      '()': 'a single number',
    },
    where: 'Here',
    positions: (shape) => `Weights and masks go by the shape ${shape}.`,
    parameters: 'This is no loss of labels and predictions: see its text for what it takes.',
  },
  options: {
    default: 'default',
    needed: 'to be given',
    none: 'It has no options of its own.',
    common: 'Options of every loss',
    reductions: 'What each reduction does',
  },
  throws: (cases) => `Throws ${cases}`,
  elsewhere: {
    library: 'library',
    names: 'name there',
    departs: 'some numbers differ',
    where: 'Their numbers differ where:',
    same: 'same numbers',
    keras: (name) => `A model is saved with it as the Keras class ${name}.`,
    aliases: (list) => `\`getLoss\` also knows it as ${list}.`,
    nothing: 'No function of a compared library gives it by itself.',
  },
  related: {
    indices: 'Labels as class indices?',
    distributions: 'Labels as one-hot rows or probabilities?',
    binary: 'Two classes, or several labels at once?',
    mentioned: 'Named together:',
    siblings: (task) => `Others for ${task}:`,
  },
  sources: { see: 'See', code: 'Written in' },
  index: {
    title: 'All losses',
    lead: (count) =>
      `${String(count)} losses by family: formula, task, and what Keras, PyTorch and others call them. Each name leads to a page with options, examples and a plot.`,
    loss: 'loss',
    formula: 'formula',
    elsewhere: 'elsewhere',
  },
  comma: ', ',
  end: '.',
};

const chinese: LossWords = {
  headings: {
    plot: '图像',
    inputs: '输入与结果',
    examples: '示例',
    options: '选项',
    notes: '须知',
    throws: '何时抛出错误',
    elsewhere: '在其他库中',
    related: '相关损失函数',
    sources: '出处',
  },
  if: '若',
  otherwise: '否则',
  playground: '在演练场中试一试',
  task: '适用于',
  tasks: {
    regression: '回归',
    detection: '目标检测',
    'metric learning': '度量学习',
    ranking: '排序',
    transcription: '序列转写',
    'sequence labelling': '序列标注',
    'language modelling': '语言建模',
    segmentation: '分割',
    distributions: '概率分布',
    'several losses': '多个损失的组合',
    'multiclass classification': '多分类',
    'multilabel classification': '多标签分类',
    'binary classification': '二分类',
    'generative models': '生成模型',
    images: '图像',
    'preference tuning': '偏好优化',
    'reinforcement learning': '强化学习',
    'survival analysis': '生存分析',
  },
  examples: { tf: '使用张量', compile: '在模型中', options: '设置选项' },
  inputs: {
    input: '输入',
    symbol: '符号',
    shape: '形状',
    values: '取值',
    value: '结果',
    unit: '单位',
    domains: {
      real: '任意数',
      nonNegative: '≥ 0 的数',
      logit: '任意数：softmax 或 sigmoid 之前的 logits',
      probability: '0 到 1 之间的概率',
      heatmap: '0 到 1 之间的数：峰值处为 1，周围较小',
      quality: '0 到 1 之间的数：框的贴合程度；没有目标处为 0',
      distribution: '0 到 1 之间的概率，各类别之和为 1',
      logProbability: '≤ 0 的对数概率',
      classIndex: '整数：从 0 开始的类别索引',
      ordinal: '整数：从 0 开始的有序类别索引，类别比阈值多一个',
      paddedIndex: '整数：从 0 开始的类别索引，负数表示没有',
      binaryClass: '标签 0 或 1',
      group: '整数：相同的属于同一组',
      relevance: '数：相关程度，负数为填充',
      embedding: '任意数',
      cosine: '−1 到 1 之间的余弦',
      box: '每个框四个数',
      hingeLabel: '标签 −1 或 1，也可为 0 或 1',
      timeAndEvent: '≥ 0 的时间，以及 1（事件发生）或 0（至此尚未发生）',
      intervalAndEvent: '从 0 开始的时间区间索引，以及 1（其中发生事件）或 0（未发生）',
    },
    letters: {
      '...': '任意个前置轴（如批次、时间），也可以没有',
      '[...]': '任何可广播的形状',
      B: '批次中的样本数',
      C: '类别数',
      K: '视损失而定：类别之间的阈值、分量、关键点或整数的个数',
      D: '向量的维数',
      L: '列表的项数',
      M: '集合的成员数，或抽样数',
      S: '标签数',
      T: '时间步数',
      Q: '分位数个数',
      '()': '单个数',
    },
    where: '其中',
    positions: (shape) => `权重和掩码按形状 ${shape} 给出。`,
    parameters: '它不是标签与预测的损失函数，参数见上文。',
  },
  options: {
    default: '默认',
    needed: '必填',
    none: '没有自己的选项。',
    common: '所有损失函数共有的选项',
    reductions: '各种归约方式',
  },
  throws: (cases) => `以下情况会抛出错误：${cases}`,
  elsewhere: {
    library: '库',
    names: '那里的名称',
    departs: '部分数值不同',
    where: '数值在以下情况不同：',
    same: '数值相同',
    keras: (name) => `保存模型时，它写作 Keras 类 ${name}。`,
    aliases: (list) => `\`getLoss\` 还认得它的这些名称：${list}。`,
    nothing: '所比较的库中没有哪个函数单独给出它。',
  },
  related: {
    indices: '标签是类别索引？',
    distributions: '标签是独热编码或概率？',
    binary: '只有两类，或一次有多个标签？',
    mentioned: '一同提到的：',
    siblings: (task) => `同样适用于${task}的：`,
  },
  sources: { see: '参见', code: '源代码' },
  index: {
    title: '全部损失函数',
    lead: (count) =>
      `共 ${String(count)} 个损失函数，按类别排列：公式、任务，以及它们在 Keras、PyTorch 等库中的名称。点击名称可查看选项、示例和图像。`,
    loss: '损失函数',
    formula: '公式',
    elsewhere: '其他库中的名称',
  },
  comma: '、',
  end: '。',
};

export const lossWordsOf = (language: Language): LossWords => ({ en: english, zh: chinese })[language];
