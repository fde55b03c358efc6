import { existsSync, readdirSync } from 'node:fs';

import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const upwards = {
  group: ['../../*', '../../../*'],
  message: 'Leave the folder through the @/ alias, so that moves do not break imports.',
};
// One form with the full library brings all of it into what public pages load.
const fullZod = { name: 'zod', message: 'Use zod/mini: public pages carry what any page uses.' };
const forbid = (...patterns) => ({
  'no-restricted-imports': ['error', { paths: [fullZod], patterns: [upwards, ...patterns] }],
});
const above = (layers, message) => ({ group: layers.map((layer) => `@/${layer}/**`), message });

/** A feature may use shared and itself; another feature is reached through a route that composes both. */
const features = existsSync('src/features')
  ? readdirSync('src/features', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  : [];
const featureBoundaries = features.map(({ name }) => ({
  files: [`src/features/${name}/**/*.{ts,tsx}`],
  rules: forbid(above(['app', 'routes'], 'Features do not know routes or the app.'), {
    group: ['@/features/*/**', `!@/features/${name}/**`],
    message: 'Features do not know each other: compose them in a route.',
  }),
}));

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/routeTree.gen.ts', 'src/shared/api/schema.d.ts'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.{ts,tsx}'],
    ...jsxA11y.flatConfigs.strict,
    languageOptions: { ...jsxA11y.flatConfigs.strict.languageOptions, globals: globals.browser },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'Literal[value=/(?:bg|text|border|ring|fill|stroke)-\\[(?:#|rgb|hsl|oklch)/]',
          message: 'Colours come from tokens: add a semantic token instead of an arbitrary value.',
        },
        {
          selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
          message: 'Markup from strings is how scripts get in: render elements.',
        },
      ],
      ...forbid(),
    },
  },
  {
    files: ['src/shared/**/*.{ts,tsx}'],
    rules: forbid(above(['app', 'features', 'routes'], 'Shared code knows no feature.')),
  },
  ...featureBoundaries,
  {
    files: ['src/app/**/*.{ts,tsx}'],
    rules: forbid(above(['routes'], 'The app frame does not know single routes.')),
  },
  {
    files: ['scripts/**/*.mjs', '*.config.{js,ts}', 'public/*.js', 'reference/*.js'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
);
