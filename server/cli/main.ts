#!/usr/bin/env node
// Node reads a source map when it loads the file, so this comes before any other import.
process.setSourceMapsEnabled(true);
void import('./program.js');
