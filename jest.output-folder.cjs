const { mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

/** Makes the folder of `--outputFile`, which Jest expects to be there. */
module.exports = ({ outputFile }) => {
  if (outputFile) mkdirSync(dirname(outputFile), { recursive: true });
};
