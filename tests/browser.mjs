// What the scripts that need a browser share: the browser, the rules of axe-core, and a
// server for the built book. CHROMIUM names the browser (/usr/bin/chromium if it doesn't),
// NODE_PATH the folder of the two packages if they are not in node_modules here.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';

// An import from here would look beside this file only, and not in NODE_PATH.
const require = createRequire(join(process.cwd(), 'package.json'));
const { chromium } = require('playwright-core');

/** The file with axe-core. */
export const axeScript = require.resolve('axe-core/axe.min.js');

/** WCAG 2.2, A and AA. */
export const RULES = {
    runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
    rules: { 'target-size': { enabled: true } },
    resultTypes: ['violations'],
};

const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** Those of them that are about colours. */
export const COLOURS = {
    runOnly: { type: 'rule', values: COLOUR_RULES },
    resultTypes: RULES.resultTypes,
};

/** The others. */
export const SHAPES = {
    ...RULES,
    rules: {
        ...RULES.rules,
        ...Object.fromEntries(COLOUR_RULES.map(rule => [rule, { enabled: false }])),
    },
};

/** Starts the browser. */
export const launch = (options = {}) => chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
        '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ...options,
});

/** What axe-core says of a violation's node, in one line. */
export const reasonOf = node => node.failureSummary.split('\n').slice(1).join(' ').trim();

const TYPES = {
    '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript',
    '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2',
};

/** Serves a folder on a free port of this machine, and gives the address. */
export async function serve(folder) {
    const server = createServer(async (request, response) => {
        const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
        const file = join(folder, normalize(path));
        try {
            const content = await readFile(file);
            response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'text/plain' });
            response.end(content);
        } catch {
            response.writeHead(404).end();
        }
    });
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
    server.unref();
    return `http://127.0.0.1:${server.address().port}/`;
}
