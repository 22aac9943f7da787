// Packages that ship ES modules only are turned into CommonJS for Jest; what is CommonJS already passes untouched.
const { createHash } = require('node:crypto');
const { createTransformer } = require('@swc/jest');

const swc = createTransformer({
  swcrc: false,
  sourceMaps: false,
  module: { type: 'commonjs' },
  jsc: { target: 'es2023', parser: { syntax: 'ecmascript' } },
});
const ES_MODULE = /(?:^|;)\s*(import|export)[\s{*("']|\bimport\.meta\b|\bimport\(/m;

module.exports = {
  ...swc,
  // What was passed untouched under another pattern is looked at again.
  getCacheKey: (...about) =>
    createHash('sha256')
      .update(swc.getCacheKey(...about))
      .update(ES_MODULE.source)
      .digest('hex'),
  process: (source, path, options) =>
    ES_MODULE.test(source) ? swc.process(source, path, options) : { code: source },
};
