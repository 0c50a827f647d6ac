interface CallWords {
  readonly entry: string;
  readonly gradient: string;
  readonly value: string;
  readonly arguments: Readonly<Record<string, string>>;
}

const english: CallWords = {
  entry: 'entry',
  gradient: 'gradient',
  value: 'value',
  arguments: { labels: 'label', predictions: 'prediction' },
};

const chinese: CallWords = {
  entry: '分量',
  gradient: '梯度',
  value: '值',
  arguments: { labels: '标签', predictions: '预测' },
};

export const callWords = (language: string): CallWords => (language.startsWith('zh') ? chinese : english);
