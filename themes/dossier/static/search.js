/* The search page of dossier: asks Pagefind's index, which lies in pagefind/ at the site's root,
   and lists what it finds. Loaded on that page alone. Where there is no index it says so. */
(function () {
  "use strict";
  const form = document.querySelector("form.search");
  const field = form.elements.q;
  const selects = [...form.querySelectorAll("select")];
  const status = document.querySelector("[role=status]");
  const list = document.querySelector(".hits");
  const more = document.querySelector(".more");
  const root = new URL(form.dataset.root, location.href);
  const AT_ONCE = 10;
  let pagefind, waiting = [], asked = 0, timer = 0;

  function element(tag, text, className) {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  const plain = (html) => html.replace(/<\/?mark>/g, "");
  /* What stands for a number left out before a mark of punctuation; French has a space there itself. */
  const gap = new RegExp(` (?=(?:</mark>)?[.,)${document.documentElement.lang.startsWith("fr") ? "" : ";:!?"}](?:[\\s<]|$))`, "g");

  /* Pagefind's excerpt is HTML with <mark>; it is taken apart, so that nothing in it is markup. */
  function excerpt({ excerpt: html, content }) {
    const line = element("p", "", "sentence");
    const [first, last] = [content.startsWith(plain(html)), content.trimEnd().endsWith(plain(html).trimEnd())];
    const words = html.replace(gap, "").replace(/([.,;:!?)]+)<\/mark>/g, "</mark>$1");
    `${first ? "" : "… "}${words}${last ? "" : "\u00a0…"}`.split(/<\/?mark>/).forEach((part, i) => {
      const text = part.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"')
        .replace(/&#0?39;|&#x27;/gi, "'").replace(/&amp;/g, "&");
      line.append(i % 2 ? element("mark", text) : text);
    });
    return line;
  }

  function hit(data) {
    const item = element("li");
    const link = element("a", data.meta.title, "t");
    link.href = data.url;
    item.append(link, " ");
    const kind = form.elements.kind.querySelector(`[value="${CSS.escape(data.meta.kind || "")}"]`);
    const about = [kind && kind.value && kind.textContent, data.meta.date].filter(Boolean);
    item.append(element("span", about.join(", "), "kind"), excerpt(data));
    return item;
  }

  async function showMore() {
    const ask = asked;
    const found = await Promise.all(waiting.splice(0, AT_ONCE).map((one) => one.data()));
    if (ask !== asked) return null;
    const items = found.map(hit);
    list.append(...items);
    list.hidden = !list.children.length;
    more.hidden = !waiting.length;
    return items[0];
  }

  async function search() {
    const ask = ++asked;
    const words = field.value.trim();
    const filters = {};
    for (const one of selects) if (one.value) filters[one.name] = one.value;
    const query = new URLSearchParams({ ...(words && { q: words }), ...filters });
    history.replaceState(null, "", location.pathname + (query.size ? "?" + query : ""));
    const isAsked = words || Object.keys(filters).length;
    form.classList.toggle("asked", isAsked);
    const found = isAsked ? await pagefind.search(words || null, { filters }) : { results: [] };
    if (ask !== asked) return;
    waiting = found.results.slice();
    list.replaceChildren();
    const count = waiting.length;
    await showMore();
    if (ask !== asked) return;
    status.textContent = !isAsked ? "" : count ? `${status.dataset.found} ${count}` : status.dataset.none;
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(() => search().catch(fail), 150);
  }

  function fail() {
    form.hidden = true;
    form.classList.remove("asked");
    list.hidden = true;
    more.hidden = true;
    status.textContent = status.dataset.failed;
  }

  /* Keys that are letters can be turned off on any page of a briefing. */
  function areKeysOn() {
    try { return localStorage.getItem("dossier-keys") !== "off"; } catch { return true; }
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = document.activeElement;
    const links = [...list.querySelectorAll("a")];
    const index = links.indexOf(at);
    if (event.key === "/" && areKeysOn() && !/^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName)) field.focus();
    else if (event.key === "ArrowDown" && (at === field || index >= 0)) {
      (links[index + 1] || links[index] || field).focus();
    } else if (event.key === "ArrowUp" && index >= 0) (links[index - 1] || field).focus();
    else if (event.key === "Escape" && index >= 0) field.focus();
    else if (event.key === "Escape" && at === field) field.blur();
    else return;
    event.preventDefault();
  }

  /* Pages in each language have an index of their own; those of the others are searched too. */
  async function open() {
    const folder = new URL("pagefind/", root);
    pagefind = await import(new URL("pagefind.js", folder));
    await pagefind.options({ baseUrl: root.pathname, excerptLength: 30 });
    await pagefind.init();
    const { languages } = await (await fetch(new URL("pagefind-entry.json", folder))).json();
    const own = document.documentElement.lang.toLowerCase();
    const used = [own, own.split("-")[0]].find((one) => one in languages);
    const others = Object.keys(languages).filter((one) => one !== used);
    /* Without an index in the page's language Pagefind itself opens the largest. */
    if (!used) others.splice(0, Infinity, ...others.sort((a, b) => languages[b].page_count - languages[a].page_count).slice(1));
    for (const language of others) {
      /* The dot makes it another address to Pagefind, which takes no index twice. */
      await pagefind.mergeIndex(`${root.href}./pagefind/`, { language, baseUrl: root.pathname });
    }
  }

  async function start() {
    const given = new URLSearchParams(location.search);
    form.classList.toggle("asked", given.size > 0);
    field.value = given.get("q") || "";
    form.addEventListener("submit", (event) => event.preventDefault());
    if (!field.value) field.focus();
    await open();
    const filters = await pagefind.filters();
    for (const one of selects) {
      const values = filters[one.name] || {};
      if (one.name !== "kind") {
        const names = Object.keys(values).sort((a, b) => a.localeCompare(b));
        if (one.name === "year") names.reverse();
        for (const name of names) one.append(new Option(name, name));
      } else for (const option of [...one.options]) if (option.value && !values[option.value]) option.remove();
      if (given.has(one.name)) one.value = given.get(one.name);
      if (one.selectedIndex < 0) one.value = "";
    }
    field.addEventListener("input", soon);
    form.addEventListener("change", soon);
    form.addEventListener("submit", soon);
    more.addEventListener("click", async () => {
      const first = await showMore();
      if (first) first.querySelector("a").focus();
    });
    document.addEventListener("keydown", onKey);
    await search();
  }

  /* Browsers load no module from a disk; asking for one would but fill the console. */
  if (location.protocol === "file:") fail();
  else start().catch(fail);
})();
