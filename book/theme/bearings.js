// Where one is, and how far one has come. The sidebar follows the part that is being read; at
// the end of a page one can tick off that it is read, and that one's server passes the step's
// cases. Ticks stay on this device, and the sidebar shows them.
'use strict';

(() => {
    const sidebar = document.getElementById('mdbook-sidebar');

    // ---- The part that is being read ----------------------------------------------------

    // mdBook marks it, but the list may be longer than the sidebar.
    let current = null;
    document.addEventListener('scroll', () => {
        const now = sidebar.querySelector('.current-header');
        if (now !== null && now !== current) now.scrollIntoView({ block: 'nearest' });
        current = now;
    }, { passive: true });

    // ---- Ticks --------------------------------------------------------------------------

    const KEY = 'http-server-from-scratch-ticks';
    const READ = 'read';
    const PASSED = 'passed';

    /** What is ticked: by the name of a page, a list of READ and PASSED. */
    function ticks() {
        try {
            const stored = JSON.parse(localStorage.getItem(KEY));
            return new Map(Object.entries(stored ?? {}).filter(([, list]) => Array.isArray(list)));
        } catch {
            return new Map();
        }
    }

    function remember(all) {
        localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(all)));
    }

    /** Some browsers keep nothing, or not for this page: then there is nothing to tick. */
    function isRemembered() {
        try {
            remember(ticks());
            return true;
        } catch {
            return false;
        }
    }

    const nameOf = address => /([^/]+)\.html$/.exec(address)?.[1] ?? 'introduction';
    const here = nameOf(location.pathname).replace(/^index$/, 'introduction');
    const way = document.querySelector('.way');
    if (!isRemembered()) return;
    const boxes = way ? addBoxes(way.dataset.step) : [];
    show();
    // Another tab of this book.
    addEventListener('storage', event => {
        if (event.key === KEY || event.key === null) show();
    });

    /** The boxes at the end of a page, and the button that forgets. */
    function addBoxes(step) {
        const made = [addBox(READ, step ? 'I have read this chapter' : 'I have read this page')];
        if (step) {
            const command = element('code', {}, `check ${step}`);
            made.push(addBox(PASSED, 'My server passes ', command));
        }
        const forget = element('button', { type: 'button', className: 'copy' });
        forget.addEventListener('click', () => {
            if (!confirm('Forget all that is ticked in this book, on this device?')) return;
            remember(new Map());
            show();
            made[0].box.focus();
        });
        const labels = made.map(({ label }) => label);
        const place = element('fieldset', { className: 'ticks' },
            element('legend', { className: 'visually-hidden' }, 'How far I am'), ...labels, forget);
        way.before(place);
        return [...made, { forget }];
    }

    function addBox(what, ...words) {
        const box = element('input', { type: 'checkbox' });
        box.addEventListener('change', () => {
            const all = ticks();
            const own = (all.get(here) ?? []).filter(other => other !== what);
            if (box.checked) own.push(what);
            if (own.length > 0) all.set(here, own);
            else all.delete(here);
            remember(all);
            show();
        });
        return { what, box, label: element('label', {}, box, ' ', ...words) };
    }

    /** Draws what is ticked, here and in the sidebar. */
    function show() {
        const all = ticks();
        for (const { what, box, forget } of boxes) {
            if (box) box.checked = all.get(here)?.includes(what) ?? false;
            if (forget) {
                forget.hidden = all.size === 0;
                forget.textContent = `Forget all ticks (${all.size} ${all.size === 1 ? 'page' : 'pages'})`;
            }
        }
        for (const old of sidebar.querySelectorAll('.ticked')) old.remove();
        for (const link of sidebar.querySelectorAll('.chapter a[href]:not(.header-in-summary)')) {
            const own = all.get(nameOf(link.pathname));
            if (own) link.append(mark(own));
        }
    }

    /** One tick for what is read, two for what runs as well; said in words, too. */
    function mark(own) {
        const [sign, words] = own.includes(PASSED) ? ['✓✓', 'passed'] : ['✓', 'read'];
        return element('span', { className: 'ticked' },
            element('span', { ariaHidden: 'true' }, ` ${sign}`),
            element('span', { className: 'visually-hidden' }, ` (${words})`));
    }

    function element(tag, properties, ...children) {
        const made = Object.assign(document.createElement(tag), properties);
        made.append(...children);
        return made;
    }
})();
