// Loads the page again when the book has been built anew. `cargo run` builds it when a
// chapter or a step has changed, and says at /edition which one this is. Another server says
// nothing there, and is not asked again.
'use strict';

(async () => {
    const PAUSE = 1000;
    const FORM = /^\d+\n$/;

    /** The number of the edition; null if the server doesn't know what that is. */
    async function edition() {
        const response = await fetch(`${path_to_root}edition`, { cache: 'no-store' });
        const text = response.ok ? await response.text() : '';
        return FORM.test(text) ? text : null;
    }

    const ours = await edition().catch(() => null);
    if (ours === null) return;
    for (;;) {
        await new Promise(resolve => { setTimeout(resolve, PAUSE); });
        // Nobody looks, or the server is away: perhaps it is being started again.
        if (document.hidden) continue;
        const theirs = await edition().catch(() => ours);
        if (theirs === null) return;
        if (theirs !== ours) {
            location.reload();
            return;
        }
    }
})();
