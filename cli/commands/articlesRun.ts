import { runArticles } from '../../scripts/articles/run.js';
import { startTfjs } from '../tfjs.js';
import type { ArticlesOptions } from './articles.js';

/** Whether a number is off. */
export async function run(options: ArticlesOptions): Promise<boolean> {
  await startTfjs();
  return runArticles(options, 'cpu');
}
