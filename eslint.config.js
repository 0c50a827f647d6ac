import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'report/',
      'node_modules/',
      'docs/api/',
      'build/',
      'site/.generated/',
      'site/.vitepress/cache/',
      'test/environments/projects/',
    ],
  },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Numbers are what messages of a numerical library are full of.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      // `x as Tensor` says what x is; `x!` only that it is there.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // tfjs types `verbose` as an enum that it does not export, and `Dataset` as a class of its own copy.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      'no-restricted-imports': [
        'error',
        {
          patterns: ['@tensorflow/tfjs', '@tensorflow/tfjs-*', '!@tensorflow/tfjs-core', '!@tensorflow/tfjs-layers'],
          // Those of src/numerics keep their digits on every backend.
          paths: [{ name: '@tensorflow/tfjs-core', importNames: ['sum', 'mean', 'logSumExp', 'logSoftmax'] }],
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      // tfjs-layers is there for its types only.
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@tensorflow/tfjs-layers'], allowTypeImports: true }] },
      ],
    },
  },
  { files: ['src/numerics/sum.ts'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        performance: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
      },
    },
  },
);
