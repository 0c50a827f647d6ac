import Environment from './environment.mjs';

/** Skips all tests of a file but every n-th, from the one numbered `from`, as `testEnvironmentOptions` of a project say. */
export default class extends Environment {
  #options;

  constructor(config, context) {
    super(config, context);
    this.#options = config.projectConfig.testEnvironmentOptions;
  }

  handleTestEvent({ name }, { rootDescribeBlock }) {
    if (name !== 'run_start') return;
    const { every, from } = this.#options;
    testsIn(rootDescribeBlock).forEach((test, i) => {
      if (i % every !== from % every) test.mode = 'skip';
    });
  }
}

const testsIn = (block) => block.children.flatMap((child) => (child.type === 'test' ? child : testsIn(child)));
