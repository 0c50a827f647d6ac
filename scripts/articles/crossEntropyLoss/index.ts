import type { Article } from '../entry.js';
import { dog } from './dog.js';
import { definitions } from './definitions.js';

export const crossEntropyLoss: Article = {
  title: { en: 'The cross-entropy loss', zh: '交叉熵损失函数' },
  author: 'qiwsir, supplement to “Mathematics of machine learning” (机器学习数学基础)',
  unchecked: [
    {
      en: 'That Shannon introduced entropy in 1948: so he did (doi:10.1002/j.1538-7305.1948.tb01338.x), but there is nothing to compute.',
      zh: '香农于 1948 年提出信息熵：属实（doi:10.1002/j.1538-7305.1948.tb01338.x），但无可计算。',
    },
    {
      en: 'That Keras belongs to the core library of TensorFlow: so it did when the article was written.',
      zh: 'TensorFlow 在其核心库中支持 Keras：文章写作时如此。',
    },
  ],
  entries: [...dog, ...definitions],
};
