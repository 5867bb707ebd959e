// The reference of every library from its docstrings: dist/docs/reference/<library>.md. `npm run docs` runs it.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Comment, ReflectionKind } from 'typedoc';
import ts from 'typescript';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const libraries = readdirSync(join(root, 'libs'));

/** @type {import('typedoc').TypeDocOptions & Record<string, unknown>} */
export default {
  plugin: ['typedoc-plugin-markdown', describeKeysOfSchemas, nameAfterLibrary, missMeanings],
  tsconfig: join(here, 'tsconfig.json'),
  entryPoints: libraries.map((library) => join(root, 'libs', library, 'src/index.ts')),
  out: join(root, 'dist/docs/reference'),
  name: 'Reference',
  readme: 'none',
  sort: ['source-order'],
  excludeExternals: true,
  excludePrivate: true,
  disableSources: true,
  // Deeper ones are what zod makes of a schema: what each key means stands in the config reference.
  maxTypeConversionDepth: 4,
  validation: { notExported: true, invalidLink: true, notDocumented: true },
  packagesRequiringDocumentation: libraries.map((library) => `@mcp-stacks/${library}`),
  treatWarningsAsErrors: true,

  // A page for each library.
  router: 'module',
  outputFileStrategy: 'modules',
  flattenOutputFiles: true,
  hideBreadcrumbs: true,
  hidePageHeader: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
};

/** A key of a zod schema says what it means in `.meta({ description })`, for people, editors and this reference alike. */
function describeKeysOfSchemas(app) {
  app.converter.on('createDeclaration', (context, reflection) => {
    if (reflection.hasComment()) return;
    const description = (context.getSymbolFromReflection(reflection)?.declarations ?? [])
      .filter(ts.isPropertyAssignment)
      .map(({ initializer }) => descriptionIn(initializer))
      .find((text) => text !== undefined);
    if (description !== undefined) reflection.comment = new Comment([{ kind: 'text', text: description }]);
  });
}

/** Of `z.string().meta({ description: 'Text.' })`: the text. */
function descriptionIn(schema) {
  for (let call = schema; ts.isCallExpression(call); call = call.expression.expression) {
    if (!ts.isPropertyAccessExpression(call.expression)) return undefined;
    const [argument] = call.arguments;
    if (call.expression.name.text !== 'meta' || !ts.isObjectLiteralExpression(argument)) continue;
    const property = argument.properties.find((one) => one.name?.text === 'description');
    if (property !== undefined) return textOf(property.initializer);
  }
  return undefined;
}

/** The value of a string literal, or of several that are joined by `+`. */
function textOf(expression) {
  return ts.isBinaryExpression(expression)
    ? textOf(expression.left) + textOf(expression.right)
    : expression.text;
}

function isConstructor(reflection) {
  return reflection.kindOf([ReflectionKind.Constructor, ReflectionKind.ConstructorSignature]);
}

/** A page is called after the library, not after where its index stands. */
function nameAfterLibrary(app) {
  app.converter.on('createDeclaration', (_context, reflection) => {
    if (reflection.kindOf(ReflectionKind.Module)) reflection.name = reflection.name.replace(/\/src$/, '');
  });
}

/** `@default none` alone does not say what a thing is. */
function missMeanings(app) {
  app.converter.on('end', ({ project }) => {
    for (const reflection of Object.values(project.reflections)) {
      const { comment } = reflection;
      // What a class is says what its constructor makes.
      if (comment === undefined || comment.summary.length > 0 || isConstructor(reflection)) continue;
      app.logger.warn(`${reflection.getFriendlyFullName()} does not have a description, only tags`);
    }
  });
}
