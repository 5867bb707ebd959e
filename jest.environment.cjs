const { TestEnvironment } = require('jest-environment-node');

/**
 * Node, with one difference: a listener for unhandled errors that a test's code installs is the process's own.
 * Jest hands tests a copy of `process` whose listeners never hear of an unhandled rejection, and Pulumi reports
 * the error of an `apply` that nothing awaits as one.
 */
module.exports = class extends TestEnvironment {
  constructor(...args) {
    super(...args);
    for (const method of ['on', 'off', 'listeners', 'removeAllListeners']) {
      this.global.process[method] = (...rest) => process[method](...rest);
    }
  }
};
