// The list of boards: remembers what is ticked while rows come and go, and walks it by arrow keys. Without it, boards
// that are on the screen can be ticked.
'use strict';

const most = 1000;
const chosen = new Set();
const boxes = () => document.querySelectorAll('[data-choose]');

function tell() {
    const place = document.getElementById('chosen');
    const words = chosen.size === 0 ? 'None is ticked.' : `${chosen.size} ticked.`;
    if (place && place.textContent !== words) place.textContent = words;
}

function restore() {
    for (const box of boxes()) {
        const is = chosen.has(box.value);
        if (box.checked !== is) box.checked = is;
    }
    tell();
}

document.addEventListener('change', (e) => {
    if (!e.target.matches('[data-choose]')) return;
    if (!e.target.checked) chosen.delete(e.target.value);
    else if (chosen.size < most) chosen.add(e.target.value);
    if (chosen.size > 0) document.getElementById('deed-box')?.setAttribute('open', '');
    restore();
});

// What is ticked and not on the screen is sent too.
document.addEventListener('formdata', (e) => {
    if (e.target.id !== 'deeds') return;
    e.formData.delete('id');
    for (const id of chosen) e.formData.append('id', id);
});

document.addEventListener('keydown', (e) => {
    if (e.key === '/' && !e.target.matches('input, textarea, select')) {
        const search = document.getElementById('q');
        if (search) { e.preventDefault(); search.focus(); }
        return;
    }
    const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[e.key];
    const row = step && e.target.closest?.('.rows tbody tr');
    const other = row?.[step];
    if (!other) return;
    const same = e.target.matches('[data-choose]') ? '[data-choose]' : 'a';
    other.querySelector(same)?.focus({ preventScroll: true });
    other.scrollIntoView({ block: 'nearest' });
    e.preventDefault();
});

new MutationObserver(restore).observe(document.querySelector('main'), { childList: true, subtree: true });
restore();
