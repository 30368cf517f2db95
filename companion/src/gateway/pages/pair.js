/** The pairing page. It only explains: the extension reads the code from the address and draws the button itself. */

/** Milliseconds after which a browser without the extension is told how to get it. */
const EXTENSION_DEADLINE_MS = 2000;

const CODE = /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/;

/** What the page says in each state, in its language. */
const announcements = new Map(
  Array.from(document.querySelectorAll('#announcements > li'), (line) => [line.dataset.for, line]),
);

const place = document.getElementById('touchstone-pairing');
const announcement = document.getElementById('announcement');
const howToLoad = document.getElementById('how-to-load');
const codeSection = document.getElementById('code-section');

const code = decodeURIComponent(location.hash.slice(1)).toUpperCase();
const hasCode = CODE.test(code);

function show(state) {
  const { dataset, textContent: text } = announcements.get(state) ?? announcements.get('waiting');
  announcement.dataset.mood = dataset.mood;
  // Said again only when it changed, so that screen readers do not repeat it.
  if (announcement.textContent !== text) announcement.textContent = text;
  howToLoad.hidden = state !== 'absent';
  codeSection.hidden = !hasCode || state === 'paired' || state === 'failed';
}

function forgetCode() {
  history.replaceState(null, '', location.pathname);
  document.getElementById('code').textContent = '';
}

function react() {
  const { state } = place.dataset;
  show(state === 'waiting' && !hasCode ? 'no-code' : state);
  if (state === 'paired') forgetCode();
}

if (hasCode) document.getElementById('code').textContent = code;
document.getElementById('reload').addEventListener('click', () => location.reload());
// A second link opened in this very tab changes the fragment only.
window.addEventListener('hashchange', () => {
  if (location.hash) location.reload();
});
new MutationObserver(react).observe(place, { attributes: true, attributeFilter: ['data-state'] });
setTimeout(() => {
  if (place.dataset.state === 'waiting' && hasCode) show('absent');
}, EXTENSION_DEADLINE_MS);
react();
