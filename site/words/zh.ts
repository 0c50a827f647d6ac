import { familiesInChinese } from '../../scripts/docs/familiesInChinese.js';
import { chineseGuideWords } from './guideWords.zh.js';
import type { Words } from './words.js';

export const chinese: Words = {
  frame: {
    language: '中文',
    description: 'TensorFlow.js 的损失函数库',
    guides: '指南',
    losses: '损失函数',
    playground: '演练场',
    race: '竞赛',
    articles: '文章',
    onThisPage: '本页内容',
    previous: '上一页',
    next: '下一页',
    menu: '菜单',
    toTop: '回到顶部',
    appearance: '外观',
    toDark: '切换到深色主题',
    toLight: '切换到浅色主题',
    changeLanguage: '切换语言',
    skipToContent: '跳到正文',
    isOlder: '本页译自较早的英文版本，可能已经过时。',
    isEnglish: '本页只有英文。',
  },
  groups: {
    start: '开始',
    choosing: '选择损失函数',
    training: '训练',
    coming: '从其他库迁移',
    articles: '文章',
    tables: '表格',
    api: 'API',
  },
  families: familiesInChinese,
  guides: chineseGuideWords,
};
