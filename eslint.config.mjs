import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** The arrows of the architecture: who may import whom. A stack imports libraries, never another stack. */
const mayUse = {
  'lib:problem': [],
  'lib:recorder': [],
  'lib:stack': ['lib:problem'],
  'lib:namespace-contract': ['lib:stack'],
  'lib:k8s-app': ['lib:problem'],
  'lib:monitoring': ['lib:problem'],
  'lib:mcp-inspector': ['lib:problem', 'lib:k8s-app'],
  'lib:mcp-server': ['lib:problem', 'lib:k8s-app', 'lib:mcp-inspector', 'lib:monitoring'],
  'lib:mcp-server-config': ['type:lib'],
  'type:stack': ['type:lib'],
  'type:tool': ['type:lib', 'type:tool'],
  'type:e2e': ['type:lib', 'type:tool'],
};

export default tseslint.config(
  {
    ignores: [
      '**/dist',
      '**/out-tsc',
      '**/.nx',
      '**/coverage',
      '**/*.cjs',
      '.pulumi-local',
      // A team outside, whose packages are only there once it has installed them.
      'e2e/release/consumer',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    },
  },
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          // The engine loads it only to deploy, and what makes it start fast always.
          checkDynamicDependenciesExceptions: ['@mcp-stacks/render'],
          depConstraints: Object.entries(mayUse).map(([sourceTag, tags]) => ({
            sourceTag,
            // The recorder is what the libraries' unit tests run on.
            onlyDependOnLibsWithTags: sourceTag.startsWith('lib:') ? [...tags, 'lib:recorder'] : tags,
          })),
        },
      ],
    },
  },
  prettier,
);
