import type { DataName } from './data/names.js';
import type { PresetName } from './presets.js';

/** What the race says, in one language. */
export interface RaceWords {
  readonly start: string;
  readonly pause: string;
  readonly goOn: string;
  readonly oneStep: string;
  readonly reset: string;
  readonly copyLink: string;
  readonly copied: string;
  readonly loading: string;
  readonly preset: string;
  readonly own: string;
  readonly presets: Readonly<Record<PresetName, string>>;
  readonly settings: string;
  readonly data: string;
  readonly dataSets: Readonly<Record<DataName, string>>;
  readonly seed: string;
  readonly noise: string;
  readonly kept: string;
  readonly bias: string;
  readonly optimizer: string;
  readonly learningRate: string;
  readonly batchSize: string;
  readonly speed: string;
  readonly speeds: readonly [slowest: string, slow: string, quick: string, most: string];
  readonly loss: string;
  readonly options: string;
  readonly step: string;
  readonly value: string;
  /** The score by its sort: right answers, or overlap of masks. */
  readonly accuracy: string;
  readonly overlap: string;
  readonly gradient: string;
  /** The axis of the chart of gradients. */
  readonly gradientAxis: string;
  readonly layer: (number: number) => string;
  readonly lossOf: (racer: string) => string;
  readonly picture: (racer: string, loss: string, score: string) => string;
  readonly pictures: Readonly<Record<'plane' | 'digits' | 'masks', string>>;
  /** Where the race stands, for who does not see it. */
  readonly summary: (steps: number, a: string, b: string) => string;
  /** What was recorded: the least and the greatest score of each over the seeds. */
  readonly recorded: (steps: number, seeds: number, a: string, b: string) => string;
  readonly recordedTitle: (preset: string) => string;
  readonly run: string;
  readonly needsScript: string;
}

const english: RaceWords = {
  start: 'Start',
  pause: 'Pause',
  goOn: 'Go on',
  oneStep: 'One step',
  reset: 'Reset',
  copyLink: 'Copy link',
  copied: 'Copied',
  loading: 'Loading …',
  preset: 'Race',
  own: 'own settings',
  presets: {
    wrong: 'Confidently wrong start: MSE or cross-entropy',
    saturation: 'Saturated sigmoid: probabilities or logits',
    imbalance: 'A rare class: cross-entropy or focal',
    weight: 'A rare class: focal or a weight',
    noise: 'Wrong labels: cross-entropy or generalized cross-entropy',
    mae: 'Wrong labels, plain SGD: MAE or generalized cross-entropy',
    masks: 'Small masks: cross-entropy or dice',
  },
  settings: 'Data and training',
  data: 'Data',
  dataSets: {
    iris: 'Iris, length and width of petals',
    moons: 'Two moons',
    digits: 'Handwritten digits',
    masks: 'Small masks',
  },
  seed: 'Seed',
  noise: 'Share of wrong training labels',
  kept: 'Share kept of class 1',
  bias: 'Added to the first score at the start',
  optimizer: 'Optimizer',
  learningRate: 'Learning rate',
  batchSize: 'Batch size',
  speed: 'Speed',
  speeds: ['2 steps a second', '10 steps a second', '50 steps a second', 'as fast as possible'],
  loss: 'Loss',
  options: 'Options',
  step: 'Step',
  value: 'Loss',
  accuracy: 'Accuracy on test examples',
  overlap: 'Overlap (IoU) on test images',
  gradient: 'Gradient',
  gradientAxis: 'log₁₀ of the gradient’s length',
  layer: (number) => `layer ${number}`,
  lossOf: (racer) => `Loss of ${racer}`,
  picture: (racer, loss, score) => `${racer}, ${loss}: ${score}`,
  pictures: {
    plane:
      'Points are training examples, in the colour of the label that they are trained with. The ground has the colour of the class that the net predicts there.',
    digits: 'Test images, with the digit that the net predicts; wrong ones are framed.',
    masks: 'Test images. The line is the true shape; coloured is what the net marks.',
  },
  summary: (steps, a, b) => `After ${steps} steps: A ${a}, B ${b}.`,
  recorded: (steps, seeds, a, b) => `After ${steps} steps, with ${seeds} seeds: A ${a}, B ${b}.`,
  recordedTitle: (preset) => `${preset}, as recorded with seed 1`,
  run: 'Run this race',
  needsScript: 'The race itself runs in this page, with JavaScript.',
};

const chinese: RaceWords = {
  start: '开始',
  pause: '暂停',
  goOn: '继续',
  oneStep: '单步',
  reset: '重置',
  copyLink: '复制链接',
  copied: '已复制',
  loading: '加载中……',
  preset: '比赛',
  own: '自定义设置',
  presets: {
    wrong: '错误而自信的起点：MSE 与交叉熵',
    saturation: '饱和的 sigmoid：概率与 logits',
    imbalance: '稀有类别：交叉熵与 focal',
    weight: '稀有类别：focal 与加权',
    noise: '错误标签：交叉熵与广义交叉熵',
    mae: '错误标签，普通 SGD：MAE 与广义交叉熵',
    masks: '小目标掩码：交叉熵与 dice',
  },
  settings: '数据与训练',
  data: '数据集',
  dataSets: {
    iris: '鸢尾花（花瓣的长与宽）',
    moons: '双月牙',
    digits: '手写数字',
    masks: '小目标掩码',
  },
  seed: '随机种子',
  noise: '训练标签出错的比例',
  kept: '类别 1 保留的比例',
  bias: '开始时加到第一个得分上的值',
  optimizer: '优化器',
  learningRate: '学习率',
  batchSize: '批大小',
  speed: '速度',
  speeds: ['每秒 2 步', '每秒 10 步', '每秒 50 步', '尽可能快'],
  loss: '损失函数',
  options: '选项',
  step: '步数',
  value: '损失',
  accuracy: '测试样本上的准确率',
  overlap: '测试图像上的重叠度（IoU）',
  gradient: '梯度',
  gradientAxis: '梯度长度的 log₁₀',
  layer: (number) => `第 ${number} 层`,
  lossOf: (racer) => `${racer} 的损失`,
  picture: (racer, loss, score) => `${racer}，${loss}：${score}`,
  pictures: {
    plane: '点是训练样本，颜色是训练时用的标签；底色是网络在该处预测的类别。',
    digits: '测试图像与网络预测的数字；预测错的加了框。',
    masks: '测试图像。线条是真实形状，着色处是网络标出的部分。',
  },
  summary: (steps, a, b) => `${steps} 步之后：A ${a}，B ${b}。`,
  recorded: (steps, seeds, a, b) => `${steps} 步之后，${seeds} 个随机种子：A ${a}，B ${b}。`,
  recordedTitle: (preset) => `${preset}，随机种子为 1 的记录`,
  run: '运行这场比赛',
  needsScript: '比赛本身在本页中运行，需要 JavaScript。',
};

/** Words for a language of the site or the `lang` of a page. */
export const raceWords = (language: string): RaceWords => (language.startsWith('zh') ? chinese : english);

/** A share as people read it. */
export const percent = (share: number): string => `${Math.round(100 * share)}\u00a0%`;
