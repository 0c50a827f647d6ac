import type { Language } from '../../words/index.js';

interface ArticleWords {
  readonly number: string;
  readonly there: string;
  readonly here: string;
  readonly holds: string;
  readonly errs: { readonly numbers: string; readonly words: string };
  readonly tfjsDiffers: string;
  readonly tfjsGives: string;
  readonly source: string;
  readonly page: string;
  readonly entries: string;
  readonly right: string;
  readonly wrong: string;
  readonly start: string;
  readonly loss: string;
  readonly toNinety: string;
  readonly never: string;
  readonly training: string;
  readonly test: string;
  readonly lossNames: { readonly MSE: string; readonly 'cross-entropy': string };
  readonly between: string;
}

const english: ArticleWords = {
  number: 'number',
  there: 'article',
  here: 'here',
  holds: 'holds',
  errs: { numbers: 'wrong number', words: 'wrong words' },
  tfjsDiffers: 'tfjs differs',
  tfjsGives: 'TensorFlow.js gives',
  source: 'Source',
  page: 'article',
  entries: 'claims checked',
  right: 'hold',
  wrong: 'corrected',
  start: 'start and optimizer',
  loss: 'loss',
  toNinety: 'epochs to 90 %',
  never: 'not in 100',
  training: 'right at the end, of 100 training flowers',
  test: 'of 50 test flowers',
  lossNames: { MSE: 'MSE', 'cross-entropy': 'cross-entropy' },
  between: ' ',
};

const chinese: ArticleWords = {
  number: '数值',
  there: '原文',
  here: '这里',
  holds: '成立',
  errs: { numbers: '数值有误', words: '说法有误' },
  tfjsDiffers: 'tfjs 的结果不同',
  tfjsGives: 'TensorFlow.js 给出',
  source: '出处',
  page: '文章',
  entries: '检验的说法',
  right: '成立',
  wrong: '更正',
  start: '起点与优化器',
  loss: '损失函数',
  toNinety: '达到 90 % 所需轮数',
  never: '100 轮内未达到',
  training: '最终在 100 朵训练花上的正确率',
  test: '在 50 朵测试花上的正确率',
  lossNames: { MSE: 'MSE', 'cross-entropy': '交叉熵' },
  between: '',
};

const words: Readonly<Record<Language, ArticleWords>> = { en: english, zh: chinese };

export const articleWords = (language: Language): ArticleWords => words[language];
