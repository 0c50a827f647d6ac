import type { Article } from '../entry.js';
import { meaning } from './meaning.js';
import { overSoftmax } from './overSoftmax.js';
import { code } from './code.js';
import { answer } from './answer.js';

export const crossEntropyInTensorflow: Article = {
  title: { en: 'Cross-entropy, the classic loss, with TensorFlow', zh: '经典损失函数：交叉熵（附 TensorFlow）' },
  author: 'CSDN',
  unchecked: [
    { en: 'What interviewers ask.', zh: '面试官会问什么。' },
    {
      en: 'Which losses are “common”, in the unsigned answer under the article.',
      zh: '哪些损失函数“常用”（文末未署名的回答）。',
    },
  ],
  entries: [...meaning, ...overSoftmax, ...code, ...answer],
};
