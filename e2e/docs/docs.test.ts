import { ProblemsError } from '@mcp-stacks/problem';
import { root } from '../workspace/temporary-workspace.js';
import { commandProblems } from './command-problems.js';
import { exampleProblems, examplesIn } from './example-problems.js';
import { linkProblems } from './link-problems.js';
import { markdownFile } from './markdown-file.js';
import { readMarkdown } from './read-markdown.js';
import { runExample } from './run-example.js';
import { WorkspaceCommands } from './workspace-commands.js';

const files = readMarkdown(root);
const workspace = new WorkspaceCommands(root);
const examples = examplesIn(files.values());
const runnable = examples.filter(({ block }) => block.marks.includes('runnable'));

test('every relative link leads somewhere', () => {
  const problems = [...files.values()].flatMap((file) => linkProblems(file, files, root));
  ProblemsError.throwIfAny('Links', problems);
});

test('every command exists, with its options', () => {
  ProblemsError.throwIfAny(
    'Commands',
    [...files.values()].flatMap((file) => commandProblems(file, workspace)),
  );
});

test('every example compiles', () => {
  ProblemsError.throwIfAny('Examples', exampleProblems(examples, root));
});

test.each(runnable.map((example) => [`${example.file.path}:${example.block.line}`, example] as const))(
  'the example %s runs',
  async (_where, example) => {
    const { resources } = await runExample(example);
    expect(resources).not.toEqual([]);
  },
);

describe('what is wrong is found, with its line', () => {
  const sample = (text: string) => markdownFile('docs/sample.md', text);

  test.each([
    ['[a](nowhere.md)', 'docs/sample.md:1, the link nowhere.md', 'no docs/nowhere.md'],
    ['# A\n\n[a](#b)', 'docs/sample.md:3, the link #b', 'no heading #b in docs/sample.md'],
    ['a\n[a](../README.md#no-such)', 'docs/sample.md:2, ', 'no heading #no-such in README.md'],
    ['<img src="x.svg">', 'docs/sample.md:1, the link x.svg', 'no docs/x.svg'],
    ['[a](../../etc/passwd)', 'docs/sample.md:1, ', 'no ../etc/passwd'],
  ])('a link: %j', (text, where, found) => {
    const file = sample(text);
    const [problem, ...others] = linkProblems(file, new Map([...files, [file.path, file]]), root);
    expect(others).toEqual([]);
    expect(problem?.where).toContain(where);
    expect(problem?.found).toBe(found);
  });

  test.each([
    ['# `npm ci`, then: Go!\n\n[a](#npm-ci-then-go)'],
    ['# A\n# A\n\n[a](#a-1)'],
    ['[a](https://example.com) [b](../README.md) [c](../libs) [d](../docs/)'],
  ])('no problem: %j', (text) => {
    const file = sample(text);
    expect(linkProblems(file, new Map([[file.path, file]]), root)).toEqual([]);
  });

  test.each([
    ['npm run nosuch', 'no script nosuch'],
    ['npm run --silent --workspace e2e nosuch', 'no script nosuch'],
    ['npx nx run nosuch:test', 'no project nosuch'],
    ['npx nx run github-mcp:nosuch', 'no target nosuch of github-mcp'],
    ['npx nx run github-mcp:up -c nosuch', 'no environment nosuch'],
    ['npx nx run-many -t build nosuch', 'no target nosuch'],
    ['npx nx g @mcp-stacks/nx-pulumi:nosuch x', 'no generator @mcp-stacks/nx-pulumi:nosuch'],
    ['npx nx g @mcp-stacks/nx-pulumi:mcp-stack x --imag y', 'no option --imag'],
    ['npx engine deploy github-mcp --env dev', 'no command engine deploy'],
    ['npx engine up github-mcp --environment dev', 'no option --environment of engine up'],
    ['npx engine chain up --env test', 'no environment test'],
    ['npx engine up nosuch --env dev', 'no stack nosuch'],
    ['echo a && npx render --stack github-mcp,nosuch', 'no stack nosuch'],
    ['export A=$(npx engine nosuch) B=2 # c', 'no command engine nosuch'],
    ['A=1 npx nosuch', 'no program nosuch'],
    ['render --env dev', 'the program render'],
    ['node nosuch.ts', 'no file nosuch.ts'],
    // Of a command that runs where none is named.
    ['npx report --bse main', 'no option --bse of report page'],
  ])('a command: %s', (command, found) => {
    const problems = commandProblems(sample(`text\n\n\`\`\`sh\n# first\n${command}\n\`\`\`\n`), workspace);
    expect(problems.map((problem) => problem.found)).toEqual([found]);
    expect(problems[0]?.where).toMatch(/^docs\/sample\.md:5, /);
  });

  test('a command in the text, too', () => {
    expect(commandProblems(sample('a\nb `npm run nosuch` c'), workspace)[0]?.where).toBe(
      'docs/sample.md:2, npm run nosuch',
    );
  });

  test('no problem: commands with placeholders, Pulumi’s own arguments, and a stack made before', () => {
    const script = [
      'npx nx g @mcp-stacks/nx-pulumi:mcp-stack search-mcp --image acme/x:1 --dry-run',
      'npx nx run search-mcp:up -c dev && npx engine up search-mcp --env dev -- --diff --nosuch',
      'npx engine pulumi github-mcp --env <environment> -- \\\n  config set --secret a:b < file > "$OUT"',
      'kubectl get pods | grep x; npm ci',
    ];
    expect(commandProblems(sample(`\`\`\`sh\n${script.join('\n')}\n\`\`\``), workspace)).toEqual([]);
  });

  test('an example that does not compile', () => {
    const text =
      "text\n\n```ts\nimport { K8sApp } from '@mcp-stacks/k8s-app';\n\nnew K8sApp('a', { nmespace: 'b' });\n```";
    const [problem] = exampleProblems(examplesIn([sample(text)]), root);
    expect(problem?.where).toBe('docs/sample.md:6');
    expect(problem?.expected).toContain("'nmespace' does not exist");
  });
});
