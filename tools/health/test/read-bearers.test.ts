import { readBearers } from '../src/index.js';

const shell = { TOKEN: ' ghp_secret\n', EMPTY: '', ODD: 'two\nlines' };

test('a token is what the variable holds, without the space around it', () => {
  expect([...readBearers(['mcp-github=TOKEN'], shell)]).toEqual([['mcp-github', 'ghp_secret']]);
});

test('all problems at once, and none shows a value', () => {
  let message = '';
  try {
    readBearers(['mcp-github=ghp_secret!', 'TOKEN', 'a=EMPTY', 'b=NONE', 'c=ODD'], shell);
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).toMatchSnapshot();
  expect(message).not.toMatch(/ghp_|lines/);
});
