// Opens the fold in which is what somebody looks for: where a link leads, or the word that
// was searched for.
'use strict';

(() => {
    /** Opens all folds around an element; false if none was closed. */
    function open(element) {
        let wasClosed = false;
        for (let fold = element.closest('details'); fold; fold = fold.parentElement.closest('details')) {
            wasClosed ||= !fold.open;
            fold.open = true;
        }
        return wasClosed;
    }

    const target = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));

    function openTarget() {
        const place = target();
        if (place && open(place)) place.scrollIntoView();
    }
    openTarget();
    addEventListener('hashchange', openTarget);
    // A second click on the same link, after the fold has been closed.
    document.addEventListener('click', event => {
        if (event.target.closest?.('a')?.hash === location.hash) openTarget();
    });

    // ---- A search ----------------------------------------------------------------------

    // mdBook leads to a heading, and marks the words below it as soon as it has loaded what it
    // searches in.
    if (!new URLSearchParams(location.search).has('highlight')) return;
    const main = document.querySelector('main');
    const observer = new MutationObserver(() => {
        const marks = [...main.querySelectorAll('mark[data-markjs]')];
        if (marks.length === 0) return;
        observer.disconnect();
        openMarks(marks);
    });
    observer.observe(main, { childList: true, subtree: true });

    /** Opens the first fold with a word that the section shows nowhere else. */
    function openMarks(marks) {
        const place = target();
        const headings = [...main.querySelectorAll('h1, h2, h3, h4')];
        const next = headings[headings.indexOf(place) + 1];
        const wordOf = mark => mark.textContent.toLowerCase();
        const isAfter = (one, other) =>
            Boolean(other?.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
        const found = marks.filter(mark => place && isAfter(mark, place) && !isAfter(mark, next));
        const words = new Set(found.map(wordOf));
        for (const word of words) {
            const own = found.filter(mark => wordOf(mark) === word);
            const isShown = own.some(mark => !mark.closest('details:not([open])'));
            if (!isShown && open(own[0])) own[0].scrollIntoView({ block: 'center' });
        }
    }
})();
