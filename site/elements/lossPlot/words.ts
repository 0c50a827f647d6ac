/** What the plot of a loss says, in one language. */
export interface PlotWords {
  readonly value: string;
  readonly gradient: string;
  /** The x of scenes and the names of series, as `cli/plot/scene.ts` has them. */
  readonly translated: (text: string) => string;
  readonly caption: (loss: string, x: string) => string;
  readonly picture: (what: string, loss: string, x: string, series: readonly string[]) => string;
  readonly rangeAndLabels: string;
  readonly from: string;
  readonly to: string;
  readonly labels: string;
  readonly code: string;
  readonly copy: string;
  readonly copied: string;
  readonly reset: string;
  readonly loading: string;
  /** A range that is none, or that goes beyond the numbers that x may be. */
  readonly badRange: (low: string, high: string) => string;
  readonly badLabels: string;
  readonly notFinite: string;
}

/** An input that is called `logits` holds logits anyway. */
const withoutNeedless = (text: string): string => text.replace(/^(\w+), of \1s$/, '$1');

const english: PlotWords = {
  value: 'value',
  gradient: 'gradient',
  translated: (text) => withoutNeedless(text).replace(/, of (\w+)$/, ' ($1)'),
  caption: (loss, x) =>
    `Value and gradient of ${loss}, computed by the loss itself, as x moves: x is the ${x}. A thin grey line is the curve for the default options.`,
  picture: (what, loss, x, series) => `${what} of ${loss} over the ${x}: ${series.join('; ')}`,
  rangeAndLabels: 'Range and labels',
  from: 'x from',
  to: 'x to',
  labels: 'Labels, a semicolon between curves',
  code: 'The loss as code',
  copy: 'Copy',
  copied: 'Copied',
  reset: 'Reset',
  loading: 'Loading TensorFlow.js …',
  badRange: (low, high) => `Type a smaller and a larger number between ${low} and ${high}.`,
  badLabels: 'Type numbers for each curve, such as 0; 1, or 1, 0, 0; 0, 1, 0. At most four curves.',
  notFinite: 'The value is not finite anywhere in this range.',
};

const inChinese: Readonly<Record<string, string>> = {
  prediction: '预测值',
  logit: 'logit',
  probability: '概率',
  'log-probability': '对数概率',
  'angle of the vector': '向量的角度',
  cosine: '余弦',
  'shift of the box': '边框的平移量',
  score: '得分',
  labels: '标签',
};

const chinese: PlotWords = {
  value: '损失值',
  gradient: '梯度',
  translated: (text) => {
    const all = withoutNeedless(text);
    const [, x = all, input] = /^(.*?), of (\w+)$/.exec(all) ?? [];
    const [, first = x, rest = ''] = /^(labels)( .*)$/.exec(x) ?? [];
    return `${input === undefined ? '' : `${input} 的`}${inChinese[first] ?? first}${rest}`;
  },
  caption: (loss, x) => `${loss} 的损失值与梯度，由损失函数本身计算；x 为${x}。灰色细线是默认选项下的曲线。`,
  picture: (what, loss, x, series) => `${loss} 的${what}随${x}变化的曲线：${series.join('；')}`,
  rangeAndLabels: '范围与标签',
  from: 'x 起点',
  to: 'x 终点',
  labels: '标签，各条曲线以分号分隔',
  code: '对应的代码',
  copy: '复制',
  copied: '已复制',
  reset: '重置',
  loading: '正在加载 TensorFlow.js……',
  badRange: (low, high) => `请输入 ${low} 到 ${high} 之间的两个数，先小后大。`,
  badLabels: '请为每条曲线输入标签，例如 0; 1，或 1, 0, 0; 0, 1, 0，最多四条曲线。',
  notFinite: '在这个范围内损失值都不是有限的数。',
};

export const plotWords = (lang: string): PlotWords => (lang.startsWith('zh') ? chinese : english);
