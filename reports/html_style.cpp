#include "reports/html_parts.hpp"

namespace mailspec::reports::html {

std::string_view style() {
    return R"css(
:root { color-scheme: light dark; --back: #fff; --raised: #f5f6f8; --ink: #1b1f24; --faint: #59636e; --line: #d5dae0;
  --link: #0a58ca; --good: #1a7f37; --bad: #c1121f; --odd: #9a5b00; --mute: #59636e; --odder: #7a3ebf; }
@media (prefers-color-scheme: dark) { :root { --back: #14171b; --raised: #1d2127; --ink: #e4e7eb; --faint: #9aa4af;
  --line: #343b44; --link: #79b0ff; --good: #5bc97a; --bad: #ff7b7f; --odd: #e3a63e; --mute: #9aa4af; --odder: #c59bf5; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 72rem; background: var(--back); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; } p { margin: .25rem 0; }
a { color: var(--link); } .faint, cite { color: var(--faint); }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: .5rem 0; }
.tiles { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; padding: 0; list-style: none; }
.tiles li { flex: 1 1 8rem; padding: .5rem .75rem; background: var(--raised); border-radius: .5rem; }
.tiles b { display: block; font-size: 1.5rem; line-height: 1.2; }
.wide { overflow-x: auto; } table { border-collapse: collapse; }
th, td { padding: .2rem .6rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { font-weight: 600; } th:first-child, td:first-child, .text { text-align: left; }
td.long { white-space: normal; text-align: left; min-width: 12rem; }
.badge { display: inline-block; padding: 0 .5em; border: 1px solid currentColor; border-radius: 1em; font-size: .8rem;
  white-space: nowrap; color: var(--mute); }
.conforms, .proven, .better { color: var(--good); } .violates, .broken, .new { color: var(--bad); }
.deviates, .open { color: var(--odd); } .inconclusive { color: var(--odder); } .unsupported, .untestable { color: var(--mute); }
details { margin: .25rem 0; } summary { cursor: pointer; padding: .25rem .5rem; border-radius: .25rem; }
summary:hover { background: var(--raised); }
.group > summary { font-weight: 600; background: var(--raised); margin-top: .5rem; }
.item { border-bottom: 1px solid var(--line); } .item > :not(summary) { margin-left: .75rem; }
.item:target > summary { outline: 2px solid var(--link); }
pre { margin: .5rem 0; padding: .5rem .75rem; background: var(--raised); border-radius: .5rem; overflow-x: auto;
  white-space: pre-wrap; font: .85rem/1.4 ui-monospace, monospace; }
.failure { border-left: 3px solid var(--bad); padding-left: .75rem; margin: .75rem 0; }
blockquote { margin: .5rem 0; padding: .1rem .75rem; border-left: 3px solid var(--line); }
cite { display: block; font-style: normal; font-size: .9rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .75rem; margin: .5rem 0; }
dt { color: var(--faint); } dd { margin: 0; }
.filter:not([hidden]) { display: flex; flex-wrap: wrap; align-items: end; gap: .5rem 1rem; margin: .5rem 0; }
.filter label { color: var(--faint); font-size: .9rem; } input, select { font: inherit; max-width: 100%; }
[hidden], .group:not(:has(.item:not([hidden]))) { display: none; }
@media (max-width: 40rem) { body { padding: .6rem; } .item > :not(summary) { margin-left: .25rem; } dl { display: block; }
  dd { margin: 0 0 .25rem; } pre { font-size: .75rem; } th, td { padding: .15rem .25rem; font-size: .8rem; }
  th { white-space: normal; overflow-wrap: normal; } }
@media print { .filter { display: none !important; } }
)css";
}

std::string_view script() {
    return R"js(
for (const form of document.querySelectorAll('form.filter')) {
  const list = document.getElementById(form.dataset.of), items = list.querySelectorAll('.item');
  const keys = [...form.querySelectorAll('select')].map(s => s.name);
  const narrow = () => {
    const wanted = new FormData(form), words = wanted.get('words').toLowerCase().split(/\s+/);
    const chosen = keys.filter(k => wanted.get(k));
    let shown = 0;
    for (const item of items) {
      const head = item.firstElementChild.textContent.toLowerCase();
      item.hidden = !(chosen.every(k => item.dataset[k].split('|').includes(wanted.get(k))) &&
                      words.every(w => head.includes(w)));
      shown += !item.hidden;
    }
    if (chosen.length || wanted.get('words'))
      for (const group of list.querySelectorAll('.group')) group.open = true;
    form.querySelector('output').value = shown + ' of ' + items.length;
  };
  form.hidden = false;
  form.addEventListener('input', narrow);
  form.addEventListener('submit', e => e.preventDefault());
  narrow();
}
const reveal = () => {
  const at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let e = at; e; e = e.parentElement) { e.hidden = false; if (e.tagName == 'DETAILS') e.open = true; }
  if (at) at.scrollIntoView();
};
addEventListener('hashchange', reveal);
reveal();
)js";
}

} // namespace mailspec::reports::html
