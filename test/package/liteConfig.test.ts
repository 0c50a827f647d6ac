/* What tfjs-losses/lite does about configs before and after something that writes them is imported. */

type Lite = typeof import('../../src/lite/index.js');

test.each<[string, (lite: Lite) => { config: () => unknown }]>([
  ['huber', ({ huber }) => huber.with({ delta: 2 })],
  ['combine', ({ combine, huber }) => combine({ huber: [huber, 2] })],
])('%s says where its config is, and has it once that is imported', async (name, lossOf) => {
  await jest.isolateModulesAsync(async () => {
    const loss = lossOf(await import('../../src/lite/index.js'));
    expect(() => loss.config()).toThrow(
      `${name}: config is left out of tfjs-losses/lite; expected toKeras of tfjs-losses/lite/keras`,
    );
    const { toKeras } = await import('../../src/lite/keras.js');
    expect(loss.config()).toEqual(toKeras(loss as never));
  });
});

test.each(['index', 'lite/keras', 'lite/layers'])('src/%s brings what writes configs', async (entry) => {
  await jest.isolateModulesAsync(async () => {
    await import(`../../src/${entry}.js`);
    const { huber } = await import('../../src/losses/index.js');
    expect(huber.config()).toMatchObject({ class_name: 'Huber' });
  });
});
