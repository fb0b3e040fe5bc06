// Makes the index for mdBook's search in the browser, when somebody searches for the first
// time: the texts alone are a fifth of it, and the index is made sooner than it would come.
// book/tool/chapter/search_index.rs puts this around the texts.
'use strict';

(({ words, pages, ...options }) => {
    // A sign for a frequent word and the space after it; no text has these signs in it.
    const spell = text => text.replace(/[\u0100-\u07ff]/g, sign => `${words[sign] ?? sign} `).trim();

    // Most words come many times, and are cut to their stems once.
    const remember = change => {
        const known = new Map();
        const changed = word => {
            if (!known.has(word)) known.set(word, change(word));
            return known.get(word);
        };
        return Object.assign(changed, { label: change.label });
    };
    const { trimmer, stopWordFilter, stemmer } = elasticlunr;
    const index = elasticlunr(function () {
        this.pipeline.reset();
        this.pipeline.add(...[trimmer, stopWordFilter, stemmer].map(remember));
        this.setRef('id');
        for (const field of ['title', 'body', 'breadcrumbs']) this.addField(field);
    });
    const doc_urls = [];
    for (const { page, crumbs, sections } of pages) {
        for (const [anchor, title, body] of sections) {
            const breadcrumbs = `${crumbs} » ${title}`;
            index.addDoc({ id: String(doc_urls.length), title, body: spell(body), breadcrumbs });
            doc_urls.push(`${page}#${anchor}`);
        }
    }
    window.search = Object.assign(window.search, options, { doc_urls, index: index.toJSON() });
})(/* the texts */);
