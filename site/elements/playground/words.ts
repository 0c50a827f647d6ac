import type { Activation } from './state.js';

/** What the playground says, in one language. */
export interface PlaygroundWords {
  readonly loading: string;
  readonly start: string;
  readonly openWhole: string;
  readonly loss: string;
  readonly otherLoss: string;
  readonly fitting: string;
  readonly notFitting: string;
  readonly compare: string;
  readonly single: string;
  readonly options: string;
  readonly reduction: string;
  readonly activation: string;
  readonly activations: Readonly<Record<Activation, string>>;
  readonly backend: string;
  readonly loadingBackend: (name: string) => string;
  readonly share: string;
  readonly shared: string;
  readonly value: string;
  readonly gradientOfSum: string;
  readonly values: string;
  readonly timePerCall: string;
  readonly milliseconds: (time: string) => string;
  readonly inputs: string;
  readonly shape: (shape: string) => string;
  readonly gradient: string;
  readonly after: Readonly<Record<Exclude<Activation, 'none'>, string>>;
  readonly addRow: string;
  readonly removeRow: string;
  readonly asArray: (name: string) => string;
  readonly openFile: (name: string) => string;
  readonly dropHere: string;
  readonly notAllShown: (shown: number, all: number) => string;
  readonly curve: (place: string) => string;
  readonly curveHint: string;
  readonly derivative: string;
  readonly code: string;
  readonly call: string;
  readonly compile: string;
  readonly keras: string;
  readonly copy: string;
  readonly copied: string;
  readonly badLink: (complaint: string) => string;
  readonly reset: string;
}

const english: PlaygroundWords = {
  loading: 'Loading TensorFlow.js …',
  start: 'Move the numbers',
  openWhole: 'Open in the playground',
  loss: 'Loss',
  otherLoss: 'Second loss',
  fitting: 'Takes these inputs',
  notFitting: 'Takes other inputs',
  compare: 'Compare with another loss',
  single: 'Only the first loss',
  options: 'Options',
  reduction: 'Reduction',
  activation: 'Predictions go through',
  activations: { none: 'nothing', softmax: 'a softmax', sigmoid: 'a sigmoid' },
  backend: 'Backend',
  loadingBackend: (name) => `Loading the backend ${name} …`,
  share: 'Copy a link',
  shared: 'The link is copied.',
  value: 'Value',
  gradientOfSum: 'The gradient is that of the sum of these values.',
  values: 'Loss of each position',
  timePerCall: 'Value and gradient take',
  milliseconds: (time) => `${time} ms`,
  inputs: 'Inputs',
  shape: (shape) => `shape ${shape}`,
  gradient: 'Gradient',
  after: { softmax: 'after the softmax', sigmoid: 'after the sigmoid' },
  addRow: 'Add an example',
  removeRow: 'Remove the last example',
  asArray: (name) => `${name} as an array, or from a file`,
  openFile: (name) => `File with ${name} (CSV, NPY or JSON)`,
  dropHere: 'A file can also be dropped here.',
  notAllShown: (shown, all) => `${shown} of ${all} numbers have a slider; all of them count.`,
  curve: (place) => `Along ${place}`,
  curveHint: 'The curve follows the number that was moved last.',
  derivative: 'Derivative',
  code: 'Code',
  call: 'Call in JavaScript',
  compile: 'In compile',
  keras: 'Config for Keras',
  copy: 'Copy',
  copied: 'Copied',
  badLink: (complaint) => `The link could not be read: ${complaint}`,
  reset: 'Start again',
};

const chinese: PlaygroundWords = {
  loading: '正在加载 TensorFlow.js……',
  start: '动手改一改',
  openWhole: '在演练场中打开',
  loss: '损失函数',
  otherLoss: '第二个损失函数',
  fitting: '接受当前输入',
  notFitting: '需要其他输入',
  compare: '与另一个损失函数比较',
  single: '只看第一个损失函数',
  options: '选项',
  reduction: '归约方式',
  activation: '预测值先经过',
  activations: { none: '不处理', softmax: 'softmax', sigmoid: 'sigmoid' },
  backend: '后端',
  loadingBackend: (name) => `正在加载 ${name} 后端……`,
  share: '复制链接',
  shared: '链接已复制。',
  value: '损失值',
  gradientOfSum: '梯度是对这些值之和求得的。',
  values: '每个位置的损失',
  timePerCall: '计算损失值和梯度用时',
  milliseconds: (time) => `${time} 毫秒`,
  inputs: '输入',
  shape: (shape) => `形状 ${shape}`,
  gradient: '梯度',
  after: { softmax: '经 softmax 后', sigmoid: '经 sigmoid 后' },
  addRow: '增加一个样本',
  removeRow: '删除最后一个样本',
  asArray: (name) => `以数组形式编辑 ${name}，或读取文件`,
  openFile: (name) => `${name} 的文件（CSV、NPY 或 JSON）`,
  dropHere: '也可以把文件拖到这里。',
  notAllShown: (shown, all) => `共 ${all} 个数，其中 ${shown} 个带滑块；全部参与计算。`,
  curve: (place) => `沿 ${place} 的曲线`,
  curveHint: '曲线对应最近一次移动的数。',
  derivative: '导数',
  code: '代码',
  call: 'JavaScript 调用',
  compile: '用于 compile',
  keras: 'Keras 配置',
  copy: '复制',
  copied: '已复制',
  badLink: (complaint) => `无法读取链接：${complaint}`,
  reset: '重新开始',
};

export const playgroundWords: Readonly<Record<'en' | 'zh', PlaygroundWords>> = { en: english, zh: chinese };
