import type { Article } from '../entry.js';
import { squaredError } from './squaredError.js';
import { activations } from './activations.js';
import { divergence } from './divergence.js';

export const lossesAndCrossEntropy: Article = {
  title: { en: 'Loss functions and cross-entropy in deep learning', zh: '深度学习里的损失函数与交叉熵' },
  author: 'bitcarmanlee, CSDN, 2018',
  unchecked: [
    {
      en: 'That MSE is a middling choice, with which little goes wrong and little excels: an opinion.',
      zh: '“MSE 是个很中庸的选择”：看法，无从验证。',
    },
    {
      en: 'That KL is just right for comparing label and prediction: a matter of the purpose.',
      zh: '“KL 散度刚好符合评估 label 与 predict 差距的要求”：取决于目的。',
    },
  ],
  entries: [...squaredError, ...activations, ...divergence],
};
