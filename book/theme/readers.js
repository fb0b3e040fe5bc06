// One message and two readers: what each of them goes by can be chosen, and the border between
// the requests that it sees moves.
'use strict';

for (const figure of document.querySelectorAll('figure.readers')) {
    const rows = [...figure.querySelectorAll('tbody tr')];
    const heads = [...figure.querySelectorAll('th[data-who]')];
    const headers = ['Transfer-Encoding', 'Content-Length'];
    const says = document.createElement('p');
    says.setAttribute('role', 'status');
    const choices = heads.map(choose);
    const place = document.createElement('div');
    place.append(...choices.map(choice => choice.parentElement));
    figure.querySelector('.table-wrapper').before(place);
    figure.append(says);
    show();

    /** Lets a reader go by the one header or the other. */
    function choose(head) {
        const [label, select] = [document.createElement('label'), document.createElement('select')];
        label.append(`The ${head.dataset.who} goes by `, select);
        head.textContent = head.dataset.who;
        for (const header of headers) select.append(new Option(header));
        select.value = head.dataset.by;
        select.addEventListener('change', show);
        return select;
    }

    /** The request lines of the requests that a reader sees. */
    function seen(select) {
        const numbers = rows.map(row => row.getAttribute(`data-${select.value.toLowerCase()}`));
        rows.forEach((row, index) => {
            const cell = row.children[choices.indexOf(select)];
            cell.textContent = numbers[index];
            cell.dataset.request = numbers[index];
            cell.classList.toggle('first', numbers[index] !== numbers[index - 1]);
        });
        const firsts = rows.filter((row, index) => numbers[index] !== numbers[index - 1]);
        return firsts.map(row => row.querySelector('code').textContent.split(' ', 2).join(' '));
    }

    function show() {
        const [proxy, server] = choices.map(seen);
        const list = requests => requests.join(' and ');
        if (proxy.length === server.length) {
            says.textContent = `Both see the same: ${list(proxy)}. The proxy can allow or forbid each.`;
        } else if (proxy.length < server.length) {
            says.textContent = `The proxy sees ${list(proxy)}, and allows it. `
                + `The server sees ${list(server)}. Nobody has allowed the last one.`;
        } else {
            says.textContent = `The proxy sees ${list(proxy)}, and forbids the last one. For the server, `
                + `which sees ${list(server)}, it would have been a part of the body.`;
        }
    }
}
