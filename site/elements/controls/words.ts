/** What controls say, in one language. */
export interface ControlWords {
  readonly aNumber: string;
  readonly anArray: string;
  readonly slider: (option: string) => string;
  readonly field: (option: string) => string;
  readonly choice: (option: string) => string;
  readonly notNumber: string;
  readonly notInteger: string;
  readonly outOfRange: (low: string, high: string) => string;
  readonly refused: (value: string) => string;
  readonly notArray: string;
  /** In an empty text field: an example of what goes into it. */
  readonly arrayExample: (along: string | null) => string;
}

const english: ControlWords = {
  aNumber: 'a number',
  anArray: 'an array',
  slider: (option) => `${option}, slider`,
  field: (option) => `${option}, number`,
  choice: (option) => `${option}, choice`,
  notNumber: 'Type a number.',
  notInteger: 'Type a whole number.',
  outOfRange: (low, high) => `Type a number from ${low} to ${high}.`,
  refused: (value) => `${value} is not possible here.`,
  notArray: 'Type numbers with commas between them, such as 1, 0.5, 2.',
  arrayExample: (along) => (along === 'C' ? '1, 0.5, 2: one per class' : '0, 1'),
};

const chinese: ControlWords = {
  aNumber: '数值',
  anArray: '数组',
  slider: (option) => `${option} 滑块`,
  field: (option) => `${option} 数值`,
  choice: (option) => `${option} 选项`,
  notNumber: '请输入一个数。',
  notInteger: '请输入一个整数。',
  outOfRange: (low, high) => `请输入 ${low} 到 ${high} 之间的数。`,
  refused: (value) => `这里不能取 ${value}。`,
  notArray: '请输入以逗号分隔的数，例如 1, 0.5, 2。',
  arrayExample: (along) => (along === 'C' ? '1, 0.5, 2（每个类别一个）' : '0, 1'),
};

export const controlWords = (lang: string): ControlWords => (lang.startsWith('zh') ? chinese : english);
