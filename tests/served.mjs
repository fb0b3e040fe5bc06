// Looks at the book in a browser, as one of the steps serves it: chapter 24 says that the
// server shows this book.
//
//     npm install --no-save playwright-core
//     cargo run -- build && cargo build -p step-24 -p step-30
//     node tests/served.mjs book/book target/debug/step-{24,30}
//
// The arguments are the built book, and the programs. For CHROMIUM and NODE_PATH see
// browser.mjs. It prints what it finds, and fails if it finds anything:
//
// - a page, a style, a script or a picture that the server doesn't send, or that the browser
//   doesn't take for what it is;
// - whatever isn't as a reader expects it: the search, a link, a page that isn't there.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';

import { launch } from './browser.mjs';

/** How long anything may take, in milliseconds, before we say that it doesn't happen. */
const PATIENCE = 20_000;

const [, , folder, ...programs] = process.argv;
if (programs.length === 0) throw new Error('usage: node tests/served.mjs BOOK PROGRAM...');

let checks = 0;
let problems = 0;

/** Compares what there is with what there should be. */
function check(what, found, expected) {
    checks += 1;
    const [is, should] = [found, expected].map(value => JSON.stringify(value));
    if (is === should) return;
    problems += 1;
    console.log(`${what}: ${is}, and should be ${should}`);
}

/** Starts a program on a free port with the book, and gives its address. */
async function start(program) {
    const server = spawn(program, ['127.0.0.1:0', folder], { stdio: ['ignore', 'pipe', 'ignore'] });
    process.on('exit', () => server.kill('SIGKILL'));
    const says = once(createInterface(server.stdout), 'line', { signal: AbortSignal.timeout(PATIENCE) });
    const [line] = await says;
    const [, address] = line.match(/^listening on (http:\S+)$/) ?? [];
    if (!address) throw new Error(`its first line is ${line}`);
    return { address, stop: () => server.kill('SIGKILL') };
}

/** What the pages ask the book's own server for, and no other one has. */
const isOwn = url => ['/edition', '/request'].includes(new URL(url).pathname);

/** Opens each page of the book: all that it needs must come, and the browser must take it. */
async function lookAtPages(page, address) {
    const found = [];
    page.on('response', response => {
        if (response.status() >= 400 && !isOwn(response.url())) found.push(`${response.status()} ${response.url()}`);
    });
    page.on('requestfailed', request => {
        // The next page may come before all of the last one is here.
        const { errorText } = request.failure();
        if (errorText !== 'net::ERR_ABORTED') found.push(`${errorText} ${request.url()}`);
    });
    page.on('pageerror', error => found.push(`${error}`));
    page.on('console', message => {
        if (message.type() === 'error' && !isOwn(message.location().url)) found.push(message.text());
    });
    const names = (await readdir(folder)).filter(name => name.endsWith('.html') && name !== '404.html');
    for (const name of names) {
        await page.goto(`${address}/${name}`);
        check(`what goes wrong in ${name}`, found.splice(0), []);
    }
    page.removeAllListeners();
}

/** Looks for a word, and follows what is found in a chapter. */
async function search(page, address) {
    await page.goto(`${address}/introduction.html`);
    await page.locator('#mdbook-search-toggle').click();
    await page.locator('#mdbook-searchbar').pressSequentially('slowloris');
    await page.locator('#mdbook-searchresults a[href*="16-deadlines.html"]').first().click();
    await page.waitForURL(url => url.pathname === '/16-deadlines.html');
    check('the title of what is found', (await page.title()).startsWith('Deadlines'), true);
}

/** Asks for what isn't there. */
async function miss(page, address) {
    const response = await page.goto(`${address}/nowhere/at-all.html`);
    check('the status of no page', response.status(), 404);
    check('its type', response.headers()['content-type'], 'text/html; charset=utf-8');
    const styled = await page.evaluate(() => [...document.styleSheets].filter(({ href }) => href).length > 0);
    check('whether it has its styles', styled, true);
}

const browser = await launch();
for (const program of programs) {
    const { address, stop } = await start(program);
    const context = await browser.newContext();
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    for (const look of [lookAtPages, search, miss]) await look(page, address);
    await context.close();
    stop();
}
await browser.close();
console.log(`${programs.length} servers of the book: ${checks} checks, ${problems} problems`);
process.exit(problems > 0 ? 1 : 0);
