// Repairs what mdBook's page leaves out for those who use it without a mouse or without
// a screen. It runs behind mdBook's own script.
'use strict';

(() => {
    const find = id => document.getElementById(id);

    // A way past the table of contents (WCAG 2.4.1).
    const skip = document.createElement('a');
    skip.className = 'skip-link';
    skip.href = '#mdbook-content';
    skip.textContent = 'Skip to the chapter';
    document.body.prepend(skip);
    find('mdbook-content').tabIndex = -1;
    find('mdbook-menu-bar').setAttribute('role', 'banner');

    // The button of the sidebar is the <label> of a hidden checkbox, which the keyboard
    // can't reach.
    const toggle = find('mdbook-sidebar-toggle');
    toggle.setAttribute('role', 'button');
    toggle.tabIndex = 0;
    toggle.addEventListener('keydown', event => {
        if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault();
            toggle.click();
        }
    });

    // The search: a name for its box, and its count of results is told.
    const bar = find('mdbook-searchbar');
    if (bar) {
        bar.setAttribute('aria-label', 'Search this book');
        bar.setAttribute('aria-describedby', 'mdbook-searchresults-header');
        bar.form.setAttribute('role', 'search');
        find('mdbook-searchresults-header').setAttribute('role', 'status');
        find('mdbook-search-toggle').title = 'Search';
        find('mdbook-search-toggle').removeAttribute('aria-keyshortcuts');
    }

    // mdBook reacts to the bare keys s, / and ?. Whoever talks to the computer presses
    // them with every other word, and there is no way to turn them off (WCAG 2.1.4).
    document.addEventListener('keydown', event => {
        if (['s', 'S', '/', '?'].includes(event.key) && event.target !== bar) {
            event.stopPropagation();
        }
    }, true);

    // A box that scrolls sideways must be reachable (WCAG 2.1.1), and inside of it the
    // arrow keys scroll; in mdBook they leave for the next chapter.
    const boxes = new ResizeObserver(changes => {
        for (const { target: box } of changes) {
            const scrolls = box.scrollWidth > box.clientWidth;
            box.toggleAttribute('data-scrolls', scrolls);
            if (!scrolls) {
                box.removeAttribute('tabindex');
                continue;
            }
            box.tabIndex = 0;
            // A figure has its caption for a name.
            if (box.tagName !== 'FIGURE') {
                box.setAttribute('role', 'group');
                box.setAttribute('aria-label', box.matches('pre, code') ? 'Code' : 'Table');
            }
        }
    });
    const watch = part => {
        for (const box of part.querySelectorAll('pre, pre > code, .table-wrapper, .picture')) {
            boxes.observe(box);
        }
    };
    const main = document.querySelector('main');
    watch(main);
    // The page that compares steps is drawn later, and anew with each choice.
    new MutationObserver(changes => {
        const added = changes.flatMap(change => [...change.addedNodes]);
        added.filter(node => node instanceof Element).forEach(watch);
    }).observe(main, { childList: true, subtree: true });
    document.addEventListener('keydown', event => {
        if (event.key.startsWith('Arrow') && event.target.hasAttribute?.('data-scrolls')) {
            event.stopPropagation();
        }
    }, true);
})();
