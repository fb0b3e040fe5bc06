// A page can be printed by itself. The button in the bar, which is mdBook's, prints the book.
'use strict';

(() => {
    const way = document.querySelector('.way');
    if (way === null) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = way.dataset.step ? 'Print this chapter' : 'Print this page';
    button.addEventListener('click', () => print());
    const place = document.createElement('p');
    place.className = 'print-page';
    place.append(button);
    way.before(place);
})();
