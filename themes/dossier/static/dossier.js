/* dossier: what a page does beyond being read. Nothing here is needed to read it: without a script
   every word is there, every link leads on, and notes begin beside their paragraphs.
   One classic deferred file, since browsers load no modules from disk. It has no words of its own:
   what it shows is taken from the page, so it speaks the page's language. */
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const one = (selector, from = document) => from.querySelector(selector);
  const on = (types, act, target = document) => {
    for (const type of types.split(" ")) target.addEventListener(type, act);
  };
  const make = (tag, name, ...children) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...children);
    return made;
  };
  const kept = (key) => {
    try { return localStorage.getItem(`dossier-${key}`); } catch { return null; }
  };
  const keep = (key, value) => {
    try {
      if (value) localStorage.setItem(`dossier-${key}`, value);
      else localStorage.removeItem(`dossier-${key}`);
    } catch { /* storage is off: the choice holds for this page */ }
  };

  /* The colours: the system's, light, dark, and round again. */
  if (kept("theme")) root.dataset.theme = kept("theme");
  const theme = one(".theme");
  if (theme) {
    const order = ["system", "light", "dark"];
    const show = () => { theme.lastElementChild.textContent = theme.dataset[root.dataset.theme || "system"]; };
    on("click", () => {
      const next = order[(order.indexOf(root.dataset.theme || "system") + 1) % order.length];
      if (next === "system") delete root.dataset.theme;
      else root.dataset.theme = next;
      keep("theme", next === "system" ? "" : next);
      show();
    }, theme);
    show();
  }

  /* Notes: each as near the first line of its quote as the notes before it allow. */
  const GAP = 14;
  for (const article of all(".article")) {
    const notes = all(":scope > .notes > .note", article);
    if (!notes.length) continue;
    const quotes = notes.map((note) => one(`mark[data-n="${note.dataset.n}"], .ref[data-n="${note.dataset.n}"]`, article));
    const place = () => {
      const origin = article.getBoundingClientRect().top;
      const tops = quotes.map((quote) => quote ? quote.getClientRects()[0]?.top - origin : 0);
      const heights = notes.map((note) => note.getBoundingClientRect().height);
      let free = 0;
      notes.forEach((note, index) => {
        if (!heights[index]) return;
        const top = Math.max(tops[index] || 0, free);
        note.style.insetBlockStart = `${top}px`;
        free = top + heights[index] + GAP;
      });
      article.style.setProperty("--stack", `${free}px`);
    };
    article.classList.add("placed");
    place();
    const watch = new ResizeObserver(place);
    [article, ...notes].forEach((part) => watch.observe(part));
  }

  /* A quote, its number and its note light up together. */
  const light = (event) => {
    const isLit = event.type === "pointerover" || event.type === "focusin";
    for (let part = event.target.closest?.("[data-n]"); part; part = part.parentElement.closest("[data-n]")) {
      for (const other of all(`[data-n="${part.dataset.n}"]`)) other.classList.toggle("lit", isLit);
    }
  };
  on("pointerover pointerout focusin focusout", light);

  /* n and p step through the notes, a slash leads to the search; the button that names the keys turns
     them off, on all pages. */
  const keys = one("button.keys");
  const isKey = (event) => (keys ? keys.getAttribute("aria-pressed") === "true" : kept("keys") !== "off")
    && !event.ctrlKey && !event.metaKey && !event.altKey
    && !event.target.closest?.("input, textarea, select, [contenteditable]");
  const search = one("a[rel=search]:not([aria-current=page])");
  if (search) on("keydown", (event) => {
    if (event.key !== "/" || !isKey(event)) return;
    event.preventDefault();
    search.click();
  });
  if (keys) {
    const show = (isOn) => keys.setAttribute("aria-pressed", isOn);
    show(kept("keys") !== "off");
    on("click", () => {
      const isOn = keys.getAttribute("aria-pressed") !== "true";
      keep("keys", isOn ? "" : "off");
      show(isOn);
    }, keys);
    on("keydown", (event) => {
      if ((event.key !== "n" && event.key !== "p") || !isKey(event)) return;
      const refs = all(".ref").filter((ref) => !ref.hidden);
      if (!refs.length) return;
      const step = event.key === "n" ? 1 : -1;
      const here = document.activeElement.closest("[data-n]")?.dataset.n;
      let at = refs.findIndex((ref) => ref.dataset.n === here);
      if (at < 0) { /* begin with what is in sight */
        const below = refs.findIndex((ref) => ref.getBoundingClientRect().top > (step > 0 ? 0 : innerHeight / 2));
        at = (below < 0 ? refs.length : below) - (step > 0 ? 1 : 0);
      }
      const next = refs[Math.max(0, Math.min(refs.length - 1, at + step))];
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "center" });
      event.preventDefault();
    });
  }

  /* The legend of kinds becomes a filter of the notes. */
  for (const entry of all(".kinds li")) {
    const button = make("button", "", ...entry.childNodes);
    const kind = `.${entry.className}`;
    button.type = "button";
    button.setAttribute("aria-pressed", "true");
    on("click", () => {
      const isOn = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", isOn);
      for (const part of all(`.note${kind}, .ref${kind}`)) part.hidden = !isOn;
      for (const quote of all(`mark${kind}`)) quote.classList.toggle("mute", !isOn);
    }, button);
    entry.append(button);
  }
  on("hashchange", () => { /* a link to a note brings its kind back */
    const hidden = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!hidden?.hidden) return;
    for (const button of all(".kinds button")) {
      if (hidden.classList.contains(button.parentElement.className)) button.click();
    }
    hidden.scrollIntoView();
  }, window);

  /* A list is narrowed by words and by what its entries are. What is asked stands in the address,
     and goes along to the other pages of the list. */
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const narrowed = (form) => {
    const fields = [...form.elements].filter((field) => field.name);
    const items = all(form.dataset.items), parts = form.dataset.parts ? all(form.dataset.parts) : [];
    const told = one("[role=status]", form);
    let texts = null, timer = 0;
    const isAsked = () => fields.some((field) => field.value);
    const pass = (item, at) => fields.every((field) => !field.value || (field.name === "q"
      ? plain(field.value).split(/\s+/).every((word) => texts[at].includes(word))
      : item.dataset[field.name].split(" ").includes(field.value)));
    const apply = () => {
      texts ??= items.map((item) => plain(item.textContent));
      let shown = 0;
      items.forEach((item, at) => {
        item.hidden = !pass(item, at);
        if (!item.hidden) shown += 1;
      });
      for (const part of parts) {
        part.hidden = !one(`${form.dataset.items.split(" ").pop()}:not([hidden])`, part);
        const link = one(`.jump a[href="#${part.getAttribute("aria-labelledby")}"]`);
        if (link) link.parentElement.hidden = part.hidden;
      }
      clearTimeout(timer); /* told when the typing rests, once */
      timer = setTimeout(() => {
        told.textContent = isAsked()
          ? told.dataset.told.replace("{shown}", shown).replace("{total}", items.length) : "";
      }, 300);
      const query = String(new URLSearchParams(fields.filter((field) => field.value).map((field) => [field.name, field.value])));
      for (const link of all(".jump a:not([href^='#'])")) link.search = query;
      try { history.replaceState(null, "", location.pathname + (query && `?${query}`) + location.hash); } catch { /* from disk */ }
    };
    const asked = new URLSearchParams(location.search);
    for (const field of fields) {
      const value = asked.get(field.name);
      if (value && (!field.options || [...field.options].some((option) => option.value === value))) field.value = value;
    }
    if (isAsked()) apply();
    on("input", apply, form);
    on("submit", (event) => event.preventDefault(), form);
    on("hashchange", () => { /* a link to an entry brings all back */
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target?.closest("[hidden]")) return;
      form.reset();
      apply();
      target.scrollIntoView();
    }, window);
  };
  all("form.filter").forEach(narrowed);

  /* Copying; where the clipboard is out of reach the words are selected, for the reader to copy. */
  for (const button of all(".copied > .copy")) {
    const text = button.parentElement.firstElementChild, told = button.nextElementSibling;
    on("click", async () => {
      told.textContent = "";
      try {
        await navigator.clipboard.writeText(text.textContent);
        told.textContent = told.dataset.done;
      } catch {
        getSelection().selectAllChildren(text);
      }
    }, button);
  }

  /* Cards, after WCAG 1.4.13: dismissible, hoverable, persistent. A card is made of the page's own
     glossary or list of sources, stands in the top layer, and follows its link in the order of Tab. */
  const entries = new Map(all("#glossary ~ .glossary .g").map((entry) => [one("dt a", entry).getAttribute("href"), entry]));
  const copy = (part) => {
    const made = part.cloneNode(true);
    all(".fn", made).forEach((number) => number.remove());
    all("[id]", made).forEach((named) => named.removeAttribute("id"));
    return made.childNodes;
  };
  const ofEntity = (entry) => {
    const held = all(".role", entry).map((role) => make("span", "c-role", ...copy(role)));
    const box = document.getElementById(`box-${entry.id.slice(2)}`);
    const status = box && one(".status", box.parentElement);
    if (status) held.push(make("span", "c-role", `${one("dt", status).textContent}: `, ...copy(one(".state", status))));
    else if (held.length) held.push(make("span", "quiet", one("#glossary .quiet").textContent));
    const about = one(".desc", entry);
    return [
      make("span", "label", entry.closest("[data-kind]").dataset.kind),
      make("span", "c-name", ...copy(one("dt", entry))),
      ...held,
      ...(about ? [make("span", "", ...copy(about))] : []),
    ];
  };
  const ofSource = (item, number) => [
    make("span", "label", number.getAttribute("aria-label")),
    ...all(".src, .rate", item).map((part) => make("span", part.className, ...copy(part))),
  ];
  const triggerOf = (node) => {
    const link = node.closest?.("a");
    if (!link || link.closest(".card")) return null;
    if (link.closest(".fn")) return link;
    return link.closest(".article, .keypoints") && entries.has(link.getAttribute("href")) ? link : null;
  };
  const contentOf = (trigger) => {
    const entry = entries.get(trigger.getAttribute("href"));
    if (entry) return ofEntity(entry);
    const item = trigger.hash && document.getElementById(trigger.hash.slice(1));
    return item ? ofSource(item, trigger) : null;
  };

  let card = null, owner = null, timer = 0, isTouch = false;
  let pointer = "", dismissed = ""; /* where it is, and where it rested when a card was dismissed */
  const hide = () => {
    clearTimeout(timer);
    if (!card) return;
    const had = card;
    owner.removeAttribute("aria-expanded");
    card = owner = null;
    had.remove();
  };
  const place = () => {
    const lines = owner.getClientRects(), first = lines[0], last = lines[lines.length - 1];
    const size = card.getBoundingClientRect(), gap = 6;
    const isAbove = first.top > size.height + gap; /* over what was read, not what comes next */
    const { left } = isAbove ? first : last;
    card.style.top = `${isAbove ? first.top - gap - size.height : last.bottom + gap}px`;
    card.style.left = `${Math.max(12, Math.min(left - 12, root.clientWidth - size.width - 12))}px`;
  };
  const show = (trigger) => {
    clearTimeout(timer);
    if (owner === trigger) return;
    const content = contentOf(trigger);
    if (!content) return;
    hide();
    owner = trigger;
    card = make("span", "card", ...content);
    card.dataset.aside = "";
    card.setAttribute("role", "group");
    card.setAttribute("aria-label", trigger.getAttribute("aria-label") || trigger.textContent);
    trigger.setAttribute("aria-expanded", "true");
    trigger.after(card);
    if (card.showPopover) {
      card.popover = "manual";
      card.showPopover();
    }
    place();
  };
  const later = (act, ms) => { clearTimeout(timer); timer = setTimeout(act, ms); };

  on("pointerover pointermove", (event) => { pointer = `${event.screenX} ${event.screenY}`; }, window);
  on("pointerover", (event) => {
    /* a card that goes uncovers what lies below: that opens none while the pointer rests */
    if (event.pointerType === "touch" || `${event.screenX} ${event.screenY}` === dismissed) return;
    dismissed = "";
    const trigger = triggerOf(event.target);
    if (trigger) later(() => show(trigger), owner ? 120 : 250);
    else if (card?.contains(event.target)) clearTimeout(timer);
    else if (card && owner !== document.activeElement && !card.contains(document.activeElement)) later(hide, 350);
    else clearTimeout(timer);
  });
  on("focusin", (event) => {
    if (card?.contains(event.target)) return;
    const trigger = triggerOf(event.target);
    if (trigger && trigger.matches(":focus-visible")) show(trigger);
    else if (trigger !== owner) hide();
  });
  on("pointerdown", (event) => {
    isTouch = event.pointerType === "touch";
    if (card && !card.contains(event.target) && triggerOf(event.target) !== owner) hide();
  });
  on("click", (event) => { /* the first tap opens the card, which holds the link; a second one follows */
    const trigger = triggerOf(event.target);
    if (!trigger || !isTouch || owner === trigger) return;
    show(trigger);
    if (owner === trigger) event.preventDefault();
  });
  on("keydown", (event) => {
    if (event.key !== "Escape" || !card) return;
    if (card.contains(document.activeElement)) owner.focus();
    hide();
    dismissed = pointer;
  });
  on("scroll resize", () => {
    if (!card) return;
    const line = owner.getClientRects()[0];
    if (!line || line.bottom < 0 || line.top > innerHeight) hide();
    else place();
  }, window);
})();
