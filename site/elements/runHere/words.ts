interface Words {
  readonly run: string;
  readonly edit: string;
  readonly open: string;
  readonly loading: string;
  readonly prints: string;
  readonly nothing: string;
  readonly code: string;
}

export const words: Readonly<Record<'en' | 'zh', Words>> = {
  en: {
    run: 'Run here',
    edit: 'Edit',
    open: 'Open in StackBlitz',
    loading: 'Loading TensorFlow.js …',
    prints: 'It prints',
    nothing: '(nothing)',
    code: 'Program',
  },
  zh: {
    run: '在此运行',
    edit: '编辑',
    open: '在 StackBlitz 中打开',
    loading: '正在加载 TensorFlow.js……',
    prints: '输出',
    nothing: '（无输出）',
    code: '程序',
  },
};
