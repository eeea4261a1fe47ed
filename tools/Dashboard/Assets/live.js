// What the pages need of a script, and nothing else. Every page works without it: it is then as fresh as its last load.
//
// A page with [data-live] listens to /live, a heartbeat. At a beat it fetches itself and brings <main> to what the
// server says, element by element: focus, selection, scroll, open dialogs and everything that was typed stay. While the
// page is hidden it listens to nothing. When the gateway is gone it says so, tries again, and goes on by itself; if the
// gateway came back with other pages, it loads them.
//
// Attributes it knows:
//   data-live                      this page is kept fresh
//   data-keep                      an element (with an id) that the server's version never replaces
//   form[data-auto]                a GET form that is sent while one types; its answer is merged, the address follows
//   data-copy="text"               a click copies the text
//   data-fullscreen                a click fills the screen
//   data-rows data-from data-count data-height    a window into a long table, see Rows.razor
'use strict';

const release = document.querySelector('meta[name=release]')?.content;
const lost = document.getElementById('lost');
const retryMs = 2000;
const answerMs = 8000;

let stream = null;
let retry = 0;
let busy = false;
let again = false;
let fresh = new Date();

// ---- merging ----

const isTyped = (e) => e.matches?.('input, textarea, select') && (e === document.activeElement || isDirty(e));

const isDirty = (e) => e.type === 'checkbox' || e.type === 'radio' ? e.checked !== e.defaultChecked
    : e.tagName === 'SELECT' ? [...e.options].some(o => o.selected !== o.defaultSelected)
    : e.type !== 'hidden' && e.value !== e.defaultValue;

// Attributes by which the browser or this script remembers what the reader did.
const readersOwn = (e, name) => (name === 'open' && (e.tagName === 'DETAILS' || e.tagName === 'DIALOG'))
    || name === 'style' || name === 'data-said';

function mergeAttributes(old, now) {
    for (const { name, value } of now.attributes) {
        if (old.getAttribute(name) !== value && !readersOwn(old, name)) old.setAttribute(name, value);
    }
    for (const { name } of [...old.attributes]) {
        if (!now.hasAttribute(name) && !readersOwn(old, name)) old.removeAttribute(name);
    }
}

const isSame = (old, now) => old.nodeType === now.nodeType && old.nodeName === now.nodeName
    && (old.nodeType !== 1 || (old.id === now.id && old.dataset.key === now.dataset.key));

function merge(old, now) {
    if (old.nodeType !== 1) {
        if (old.nodeValue !== now.nodeValue) old.nodeValue = now.nodeValue;
        return;
    }
    if (old.hasAttribute('data-keep') || isTyped(old)) return;
    if (old.isEqualNode(now)) return;
    mergeAttributes(old, now);
    mergeChildren(old, now);
}

const keyOf = (node) => node.nodeType === 1 ? node.id || node.dataset.key : undefined;

function mergeChildren(old, now) {
    const all = [...now.childNodes];
    const keys = new Set(all.map(keyOf));
    const named = new Map();
    // Those who go, go first: most of those who stay stand where they are wanted then.
    for (const child of [...old.children]) {
        const key = keyOf(child);
        if (key && keys.has(key)) named.set(key, child);
        else if (key) child.remove();
    }
    let place = old.firstChild;
    for (const wanted of all) {
        const known = named.get(keyOf(wanted));
        if (known && known !== place) {
            place = stepAside(place, known);
            if (known !== place) old.insertBefore(known, place);
        }
        const here = known ?? place;
        if (here && isSame(here, wanted)) {
            if (here === place) place = place.nextSibling;
            merge(here, wanted);
        } else {
            old.insertBefore(document.importNode(wanted, true), place);
        }
    }
    while (place) {
        const next = place.nextSibling;
        place.remove();
        place = next;
    }
}

// One alone that stands before the wanted one is taken out until its own turn comes, instead of moving all after it.
function stepAside(place, wanted) {
    if (!place || place.nextSibling !== wanted || !keyOf(place) || place.contains(document.activeElement)) return place;
    place.remove();
    return wanted;
}

// ---- fetching ----

async function refresh(url = location.href) {
    if (busy) { again = true; return; }
    busy = true;
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), answerMs);
    try {
        const answer = await fetch(url, { headers: { 'X-Live': '1' }, signal: stop.signal, cache: 'no-store' });
        if (answer.redirected || answer.status === 401) { location.reload(); return; }
        if (!answer.ok) throw new Error(String(answer.status));
        show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
        found();
    } catch {
        lose();
    } finally {
        clearTimeout(late);
        busy = false;
        if (again) { again = false; refresh(); }
    }
}

function show(page) {
    const isOther = page.querySelector('meta[name=release]')?.content !== release;
    if (isOther && ![...document.querySelectorAll('input, textarea')].some(isDirty)) {
        location.reload();
        return;
    }
    document.title = page.title;
    const main = page.querySelector('main');
    if (main) merge(document.querySelector('main'), main);
    fitAll();
}

function found() {
    fresh = new Date();
    if (lost) lost.hidden = true;
}

function lose() {
    if (!lost || !lost.hidden) return;
    const since = lost.querySelector('[data-since]');
    since.textContent = fresh.toLocaleTimeString();
    since.dateTime = fresh.toISOString();
    lost.hidden = false;
}

// ---- the heartbeat ----

function listen() {
    if (stream || document.hidden || !document.querySelector('[data-live]')) return;
    clearTimeout(retry);
    stream = new EventSource('/live');
    stream.onmessage = () => refresh();
    stream.onerror = () => {
        silence();
        lose();
        retry = setTimeout(listen, retryMs);
    };
}

function silence() {
    stream?.close();
    stream = null;
}

document.addEventListener('visibilitychange', () => document.hidden ? (clearTimeout(retry), silence()) : listen());
addEventListener('pagehide', silence);
addEventListener('pageshow', listen);

// ---- forms that are sent while one types ----

let typing = 0;

function ask(form) {
    const url = new URL(form.action || location.href);
    url.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== '')).toString();
    history.replaceState(null, '', url);
    refresh(url.href);
}

document.addEventListener('input', (e) => {
    const form = e.target.closest?.('form[data-auto]');
    if (!form) return;
    clearTimeout(typing);
    typing = setTimeout(() => ask(form), 150);
});

document.addEventListener('submit', (e) => {
    if (e.target.matches('form[data-auto]')) {
        e.preventDefault();
        ask(e.target);
        return;
    }
    // A second click must not send it twice.
    const buttons = e.target.querySelectorAll('button[type=submit]');
    setTimeout(() => buttons.forEach(button => { button.disabled = true; }));
});

// ---- a window into a long table ----

// Rows are cards of another height on a narrow screen: the style sheet knows.
const heightOf = (table) => table.querySelector('tbody:not([data-space]) > tr')?.getBoundingClientRect().height
    || +table.dataset.height;

function fitOne(table) {
    const { rows, from, count } = table.dataset;
    const height = heightOf(table);
    const [above, below] = table.querySelectorAll('[data-space]');
    above.style.height = `${from * height}px`;
    below.style.height = `${Math.max(0, rows - from - count) * height}px`;
}

function fitAll() {
    document.querySelectorAll('[data-rows]').forEach(fitOne);
}

let scrolling = 0;

addEventListener('scroll', () => {
    cancelAnimationFrame(scrolling);
    scrolling = requestAnimationFrame(() => document.querySelectorAll('[data-rows]').forEach(follow));
}, { passive: true });

function follow(table) {
    const { rows, from, count } = table.dataset;
    const height = heightOf(table);
    const first = Math.floor(-table.getBoundingClientRect().top / height);
    const seen = Math.ceil(innerHeight / height);
    const isShown = first >= +from && (first + seen <= +from + +count || +from + +count >= +rows);
    if (isShown || (first < 0 && +from === 0)) return;
    const url = new URL(location.href);
    const start = Math.max(0, Math.min(first - Math.floor((count - seen) / 2), rows - count));
    if (start === +from) return;
    url.searchParams.set('from', start);
    history.replaceState(null, '', url);
    refresh();
}

// ---- clicks ----

document.addEventListener('click', async (e) => {
    const theme = e.target.closest('[data-theme-to]');
    if (theme) {
        e.preventDefault();
        document.documentElement.dataset.theme = theme.dataset.themeTo;
        document.querySelectorAll('[data-theme-to]').forEach(t => t === theme
            ? t.setAttribute('aria-current', 'true') : t.removeAttribute('aria-current'));
        fetch(theme.href, { redirect: 'manual' });
        return;
    }
    const copy = e.target.closest('[data-copy]');
    if (copy) {
        const done = await put(copy.dataset.copy).then(() => true, () => false);
        copy.dataset.said = done ? 'Copied' : 'Select and copy by hand';
        setTimeout(() => delete copy.dataset.said, 2000);
        return;
    }
    if (e.target.closest('[data-fullscreen]')) {
        if (document.fullscreenElement) document.exitFullscreen();
        else document.documentElement.requestFullscreen();
    }
});

// The clipboard is there over TLS and on this machine only; elsewhere a selection does.
function put(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done ? Promise.resolve() : Promise.reject();
}

fitAll();
listen();
