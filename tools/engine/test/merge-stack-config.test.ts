import { mergeStackConfig } from '../src/backend/merge-stack-config.js';

const SALT = 'encryptionsalt: v1:abc=:v1:def==';

describe('mergeStackConfig', () => {
  test.each([
    {
      name: 'first run: the tracked text as it is',
      tracked: 'config:\n  # why\n  s:a: 1\n',
      local: undefined,
      expected: 'config:\n  # why\n  s:a: 1\n',
    },
    {
      name: 'tracked values win, removed keys go, new keys come; salt and local secrets stay',
      tracked: 'config:\n  s:a: 2\n  s:new: x\n',
      local: `config:\n  s:a: 1\n  s:old: y\n  s:token:\n    secure: v1:xyz\n${SALT}\n`,
      expected: `config:\n  s:a: 2\n  s:new: x\n  s:token:\n    secure: v1:xyz\n${SALT}\n`,
      discarded: ['s:new', 's:a', 's:old'],
    },
    {
      name: 'a secret inside an object stays, plain values beside it follow the tracked file',
      tracked: 'config:\n  s:db:\n    host: a\n',
      local: 'config:\n  s:db:\n    host: b\n    extra: c\n    password:\n      secure: v1:p\n',
      expected: 'config:\n  s:db:\n    host: a\n    password:\n      secure: v1:p\n',
      discarded: ['s:db.host', 's:db.extra'],
    },
    {
      name: 'an object that is local only keeps its secrets only',
      tracked: 'config:\n  s:a: 1\n',
      local: 'config:\n  s:db:\n    host: b\n    password:\n      secure: v1:p\n',
      expected: 'config:\n  s:a: 1\n  s:db:\n    password:\n      secure: v1:p\n',
      discarded: ['s:a', 's:db.host'],
    },
    {
      name: 'a tracked plain value beats a local secret, and says so',
      tracked: 'config:\n  s:token: plain\n',
      local: 'config:\n  s:token:\n    secure: v1:xyz\n',
      expected: 'config:\n  s:token: plain\n',
      overruledSecrets: ['s:token'],
    },
    {
      name: 'a local secret replaces a tracked one, which the local passphrase cannot read',
      tracked: 'encryptionsalt: v1:theirs\nconfig:\n  s:token:\n    secure: v1:theirs\n',
      local: `config:\n  s:token:\n    secure: v1:mine\n${SALT}\n`,
      expected: `config:\n  s:token:\n    secure: v1:mine\n${SALT}\n`,
    },
    {
      name: 'a tracked secret with nothing local is named',
      tracked: 'config:\n  s:db:\n    password:\n      secure: v1:theirs\n',
      local: undefined,
      expected: 'config:\n  s:db:\n    password:\n      secure: v1:theirs\n',
      unreadable: ['s:db.password'],
    },
    {
      name: 'keys without a namespace are the project’s own, as Pulumi writes them back',
      tracked: 'config:\n  a: 2\n',
      local: 'config:\n  s:a: 1\n',
      expected: 'config:\n  s:a: 2\n',
      discarded: ['s:a'],
    },
    {
      name: 'scalars keep their spelling',
      tracked: 'config:\n  s:a: 0123\n  s:b: "0123"\n  s:c: 12345678901234567890\n  s:d: yes\n  s:e: ~\n',
      local: 'config:\n  s:a: "0123"\n  s:b: "0123"\n  s:c: "12345678901234567890"\n  s:d: yes\n  s:e: "~"\n',
      expected: 'config:\n  s:a: 0123\n  s:b: "0123"\n  s:c: 12345678901234567890\n  s:d: yes\n  s:e: ~\n',
    },
    { name: 'an empty tracked file', tracked: '', local: `${SALT}\n`, expected: `${SALT}\n` },
  ])('$name', ({ tracked, local, expected, discarded = [], overruledSecrets = [], unreadable = [] }) => {
    expect(mergeStackConfig('s', tracked, local)).toEqual({
      text: expected,
      discarded,
      overruledSecrets,
      unreadable,
    });
    // What was written is read back on the next run: nothing may grow or get lost.
    expect(mergeStackConfig('s', tracked, expected).text).toBe(expected);
  });
});
