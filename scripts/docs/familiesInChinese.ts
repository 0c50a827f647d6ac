/** The families of losses in Chinese. */
export const familiesInChinese: Readonly<Record<string, string>> = {
  classification: '分类',
  composition: '组合',
  detection: '检测',
  divergence: '散度',
  embedding: '嵌入',
  generative: '生成',
  image: '图像',
  language: '语言',
  margin: '间隔',
  preference: '偏好',
  ranking: '排序',
  regression: '回归',
  reinforcement: '强化学习',
  segmentation: '分割',
  sequence: '序列',
  survival: '生存分析',
};
