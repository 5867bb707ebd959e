/* global document, HTMLInputElement, addEventListener */
'use strict';
// What a page can do beyond being read: search, and unfolding all. Without it nothing is missing but these.
{
  const search = document.getElementById('search');
  const found = document.getElementById('found');
  const unfold = document.getElementById('unfold');
  const nothing = document.getElementById('nothing');
  const items = [...document.querySelectorAll('[data-item]')].map((element) => ({
    element,
    details: element.querySelector('details'),
    text: element.textContent.toLowerCase(),
  }));
  const groups = [...document.querySelectorAll('[data-group]')];
  const objects = items.filter(({ details }) => details !== null);

  /** Shows what has every word; a stack's name finds all of the stack. */
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const group of groups) group.hidden = false;
    let count = 0;
    for (const { element, details, text } of items) {
      const name = element.closest('[data-group]')?.querySelector('h2, h3').textContent.toLowerCase() ?? '';
      const matches = words.every((word) => text.includes(word) || name.includes(word));
      element.hidden = !matches;
      if (matches && details !== null) count += 1;
    }
    for (const group of groups) {
      group.hidden =
        words.length > 0 && [...group.querySelectorAll('[data-item]')].every((one) => one.hidden);
    }
    nothing.hidden = groups.some((group) => !group.hidden);
    found.textContent = words.length === 0 ? '' : `${count} of ${objects.length}`;
  };

  const isUnfolded = () => objects.every(({ element, details }) => element.hidden || details.open);
  const label = () => {
    unfold.textContent = isUnfolded() ? 'Fold all' : 'Unfold all';
  };

  search.addEventListener('input', filter);
  search.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    search.value = '';
    filter();
    search.blur();
  });
  unfold.addEventListener('click', () => {
    const open = !isUnfolded();
    for (const { element, details } of objects) if (!element.hidden) details.open = open;
  });
  document.addEventListener('toggle', label, true);
  document.addEventListener('keydown', (event) => {
    const isTyping = event.target instanceof HTMLInputElement;
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    search.focus();
  });

  /** What is folded would be missing on paper. */
  let before = [];
  addEventListener('beforeprint', () => {
    before = objects.filter(({ details }) => !details.open);
    for (const { details } of before) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const { details } of before) details.open = false;
  });

  document.querySelector('.tools').hidden = false;
}
