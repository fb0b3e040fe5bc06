// Logs in and out in a browser, as a user of the steps with sessions would, and looks at
// their pages with axe-core.
//
//     npm install --no-save axe-core playwright-core
//     cargo build -p step-14 -p step-15 -p step-20
//     node tests/login.mjs target/debug/step-{14,15,20}
//
// The arguments are the programs. For CHROMIUM and NODE_PATH see browser.mjs. It prints what
// it finds, and fails if it finds anything:
//
// - whatever isn't as a user expects it, with scripts and without them;
// - a violation of WCAG 2.2, A or AA, that axe-core can see.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { axeScript, launch, reasonOf, RULES } from './browser.mjs';

/** How long anything may take, in milliseconds, before we say that it doesn't happen. */
const PATIENCE = 10_000;

let place = '';
let checks = 0;
let problems = 0;

/** Notes a problem. */
function report(problem) {
    problems += 1;
    console.log(`${problem}\n    ${place}`);
}

/** Compares what there is with what there should be. */
function check(what, found, expected) {
    checks += 1;
    const [is, should] = [found, expected].map(value => JSON.stringify(value));
    if (is !== should) report(`${what}: ${is}, and should be ${should}`);
}

// ---- The server ---------------------------------------------------------------------

const servers = new Set();
process.on('exit', () => servers.forEach(server => server.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

/** Starts a program on a free port, and gives its address; it ends when this script does. */
async function start(program) {
    const server = spawn(program, ['127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'ignore'] });
    servers.add(server);
    const ends = once(server, 'exit').then(([code]) => { throw new Error(`it has ended: ${code}`); });
    const says = once(createInterface(server.stdout), 'line', { signal: AbortSignal.timeout(PATIENCE) });
    const [line] = await Promise.race([says, ends]);
    // From here on its end is no news.
    ends.catch(() => {});
    const [, address] = line.match(/^listening on (http:\S+)$/) ?? [];
    if (!address) throw new Error(`its first line is ${line}`);
    return { address, stop: () => server.kill('SIGKILL') };
}

// ---- What is looked at --------------------------------------------------------------

/** Runs axe-core on the page as it is now. */
async function inspect(page) {
    await page.addScriptTag({ path: axeScript });
    const { violations } = await page.evaluate(rules => globalThis.axe.run(rules), RULES);
    checks += 1;
    for (const { id, impact, nodes } of violations) {
        for (const node of nodes) {
            report(`${id} (${impact}): ${reasonOf(node)} ${node.html.replace(/\s+/g, ' ')}`);
        }
    }
}

/** The page must be the form, and say this. */
async function expectForm(page, message) {
    check('the title', await page.title(), 'Log in');
    check('the message', await page.locator('p').first().textContent(), message);
    check('the fields', await page.locator('label').allTextContents(), ['Name: ', 'Password: ']);
    check('the protected page is shown', (await page.content()).includes('Only for you'), false);
}

/** The page must be the protected one. */
async function expectPage(page, address) {
    check('the address', page.url(), `${address}/protected`);
    check('the title', await page.title(), 'Protected');
    check('the page', await page.locator('p').first().textContent(), 'Only for you, ada.');
}

/** Presses a button, and waits for the page that comes of it. */
async function press(page, name) {
    const isPage = response => response.request().isNavigationRequest() && response.status() !== 303;
    const [response] = await Promise.all([
        page.waitForResponse(isPage),
        page.waitForEvent('load'),
        page.getByRole('button', { name, exact: true }).click(),
    ]);
    return response.status();
}

/** Types into the fields as somebody does who sees their labels, and logs in. */
async function logIn(page, name, password) {
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Password').fill(password);
    return press(page, 'Log in');
}

/** All that a user does, from the first visit to the last. */
async function visit(context, address, look) {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', error => report(`a script fails: ${error.message}`));
    const protectedPage = `${address}/protected`;
    const status = async response => (await response)?.status();

    check('the status before', await status(page.goto(protectedPage)), 401);
    await expectForm(page, 'Log in first.');
    await look(page);
    check('the status of the form', await status(page.goto(`${address}/login`)), 200);
    await expectForm(page, 'Who are you?');

    check('the status of a wrong password', await logIn(page, 'ada', 'hopper'), 401);
    await expectForm(page, 'Wrong name or password.');
    check('cookies after it', await context.cookies(), []);
    await look(page);
    check('the password is hidden', await page.getByLabel('Password').getAttribute('type'), 'password');

    check('the status after a login', await logIn(page, 'ada', 'lovelace'), 200);
    await expectPage(page, address);
    await look(page);
    const [cookie, ...others] = await context.cookies();
    check('the cookie', [cookie?.name, cookie?.httpOnly, cookie?.sameSite, cookie?.path, cookie?.expires],
        ['session', true, 'Lax', '/', -1]);
    check('other cookies', others, []);
    check('what a script sees of it', await page.evaluate(() => document.cookie), '');
    check('the status after a reload', await status(page.reload()), 200);
    await expectPage(page, address);

    check('the status after logging out', await press(page, 'Log out'), 200);
    await expectForm(page, 'Who are you?');
    check('cookies after it', await context.cookies(), []);
    await page.goBack();
    check('the page before is shown', (await page.content()).includes('Only for you'), false);
    check('the status after it', await status(page.goto(protectedPage)), 401);
    await expectForm(page, 'Log in first.');

    // A key that somebody has copied in time opens nothing any more.
    await context.addCookies([{ name: 'session', value: cookie?.value ?? '', url: address }]);
    check('the status with the old key', await status(page.goto(protectedPage)), 401);
}

// ---- All of it ----------------------------------------------------------------------

const programs = process.argv.slice(2);
if (programs.length === 0) throw new Error('which programs? see the top of this file');

const browser = await launch({
    // A browser of a user has this cache, from which Back could take the page.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
});
try {
    for (const program of programs) {
        for (const scripts of [true, false]) {
            place = `${program}, ${scripts ? 'with' : 'without'} scripts`;
            const server = await start(program);
            const context = await browser.newContext({ javaScriptEnabled: scripts });
            await visit(context, server.address, scripts ? inspect : () => {});
            await context.close();
            server.stop();
        }
    }
} catch (error) {
    report(`it goes no further: ${error.message}`);
} finally {
    await browser.close();
}
console.log(`${programs.length} programs, ${checks} checks: ${problems} problems`);
// A server that is left would keep us here.
process.exit(problems > 0 ? 1 : 0);
