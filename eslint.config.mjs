import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.data/', '**/*.cjs', '**/*.mjs'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // A module's class is empty by design, and `!` stands where a query or a pattern guarantees it.
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // Views build what `*.dto.ts` describes as plain objects; nothing is ever `instanceof` them.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['**/*.controller.ts', '**/*.dto.ts'],
    rules: {
      // Validation and documentation read parameter types at run time: a type import would erase them.
      '@typescript-eslint/consistent-type-imports': 'off',
    },
  },
  {
    // One entry for each event that there is: the list is looked up, not read.
    files: ['src/audit/events.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['migrations/**'],
    rules: {
      // A migration is read once, from top to bottom, and has its inverse in the same file.
      'max-lines': 'off',
    },
  },
  {
    files: ['test/**', '**/*.spec.ts'],
    rules: {
      // What comes out of JSON is checked by the assertion that follows.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      'max-lines': 'off',
    },
  },
);
