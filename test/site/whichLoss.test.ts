import { collectFacts } from '../../scripts/facts/index.js';
import { whichLoss } from '../../site/generate/whichLoss.js';
import { languages, wordsOf } from '../../site/words/index.js';

const facts = collectFacts();

describe.each(languages)('the table of losses by task in %s', (language) => {
  const { tasks, domains } = wordsOf(language).guides.whichLoss;
  const sections = whichLoss(facts, language).split(/^### /m).slice(1);

  it('has each loss under each of its tasks, with a link to its page', () => {
    const listed = sections.flatMap((section) => {
      const [title = ''] = section.split('\n');
      return [...section.matchAll(/\[`(\w+)`\]\(\.\.\/losses\/\1\.md\)/g)].map(([, name]) => `${title}: ${name}`);
    });
    const expected = facts.losses.flatMap(({ name, tasks: own }) => own.map((task) => `${tasks[task]}: ${name}`));
    expect(listed.sort()).toEqual(expected.sort());
  });

  it('has words for each task and for what each input holds', () => {
    const missing = facts.losses.flatMap((loss) => [
      ...loss.tasks.filter((task) => !(task in tasks)),
      ...loss.inputs.map(({ domain }) => domain).filter((domain) => !(domain in domains)),
    ]);
    expect(missing).toEqual([]);
  });

  it('puts losses of the same labels and predictions in one row', () => {
    for (const section of sections) {
      const rows = section.split('\n').filter((line) => line.startsWith('|'));
      const inputs = rows.map((row) => row.split(' | ').slice(0, 2).join(' | '));
      expect(new Set(inputs).size).toBe(inputs.length);
    }
  });
});
