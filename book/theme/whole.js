// Loads a part of a whole step, with which a chapter ends, when it is unfolded.
'use strict';

(() => {
    for (const details of document.querySelectorAll('details[data-source]')) {
        details.addEventListener('toggle', () => load(details), { once: true });
    }

    async function load(details) {
        const [page, id] = details.dataset.source.split('#');
        const link = details.querySelector('p');
        try {
            const response = await fetch(page);
            if (!response.ok) return;
            const whole = new DOMParser().parseFromString(await response.text(), 'text/html');
            const part = whole.getElementById(id).nextElementSibling;
            link.replaceWith(...part.children);
            details.dispatchEvent(new Event('figures', { bubbles: true }));
        } catch {
            // From a folder, a browser loads nothing: there is the link.
        }
    }
})();
