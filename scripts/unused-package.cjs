// Stands for a package that is imported and never called. The list is in bundle-for-node.mjs.
module.exports = {};
