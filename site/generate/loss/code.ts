import { elsewhereCode } from '../elsewhere/index.js';
import { examplesOf } from '../examples/index.js';
import { programBlock } from '../expand.js';
import type { Page } from './page.js';
import { escaped } from './prose.js';

/** The programs about the loss, each with what it prints. */
export function examples({ loss, words }: Page): string {
  return examplesOf(loss.name)
    .map(({ kind, code, output }) => {
      const program = programBlock({ name: `${loss.name}-${kind}`, language: 'js', code, output });
      return `### ${words.examples[kind]} {#example-${kind}}\n\n${program}`;
    })
    .join('\n\n');
}

/** The loss as code of other libraries, one beside the other, and below it where their numbers differ. */
export function elsewhereCalls({ loss, words, departures }: Page): string {
  const codes = elsewhereCode(loss.name);
  if (codes.length === 0) return '';
  const tabs = codes.map(
    ({ library, version, language, code }) => `\`\`\`${language} [${library} ${version}]\n${code}\n\`\`\``,
  );
  const reasons = codes.flatMap(({ library, departs }) =>
    departs.map((why) => `- [${library}](${departures(library)}): ${escaped(why)}`),
  );
  const list = reasons.length === 0 ? '' : `\n\n${words.elsewhere.where}\n\n${reasons.join('\n')}`;
  return `::: code-group\n\n${tabs.join('\n\n')}\n\n:::${list}`;
}
