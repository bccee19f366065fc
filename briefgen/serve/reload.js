/* Part of `briefgen serve`: reloads the page when it has changed, where the reader was on it, takes
   over style sheets without reloading, and shows in an overlay what keeps the site from being
   built. Everything that is shown is set as text, never as markup. */
(() => {
  "use strict";

  const script = document.currentScript;
  const version = script.dataset.version;
  const style = new URL("overlay.css", script.src).href;
  const page = encodeURIComponent(location.pathname);
  const address = new URL("socket?page=" + page, script.src.replace(/^http/, "ws")).href;
  const placeKey = "briefgen-place";
  const jumpsKey = "briefgen-jumps";
  const longestPause = 5000; // milliseconds
  let pause = 200;
  let styles = script.dataset.styles;
  let jumps = findJumps();
  let host = null;
  let sign = null;
  let socket = null;
  let isLeaving = false;

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function row(problem) {
    const made = element("li", problem.level);
    const head = element("p", "head");
    head.append(
      element("span", "place", problem.place), " ",
      element("span", "code", problem.level + "[" + problem.code + "]"),
    );
    made.append(head, element("p", "message", problem.message));
    if (problem.frame) made.append(element("pre", "frame", problem.frame));
    if (problem.help) made.append(element("p", "help", problem.help));
    return made;
  }

  function hide() {
    if (host) host.remove();
    host = null;
  }

  function show(problems) {
    hide();
    if (!problems.length) return;
    const box = element("section", "box");
    box.setAttribute("role", "alert");
    const close = element("button", "close", "Close");
    close.type = "button";
    close.addEventListener("click", hide);
    const list = element("ul", "list");
    list.append(...problems.map(row));
    // Without a version, this page stands in for a site that was never built.
    const title = version ? "The last build failed; this page is the one before" : "The build failed";
    box.append(close, element("h1", "title", title), list);
    host = lay(box);
  }

  // In a shadow tree, so that neither the theme nor what lies over it restyles the other.
  function lay(box) {
    const made = document.createElement("div");
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = style;
    made.attachShadow({ mode: "open" }).append(link, box);
    document.body.append(made);
    return made;
  }

  function showBuilding(isBuilding) {
    sign?.remove();
    sign = null;
    if (!isBuilding) return;
    const said = element("p", "building", "Building; this page is the one before");
    said.setAttribute("role", "status");
    sign = lay(said);
  }

  // The lowest element with an id that begins in the upper part of the window: where it is seen
  // again, the reader is where they were, though lines were added above.
  function landmark() {
    let found = null;
    for (const one of document.body.querySelectorAll("[id]")) {
      const top = one.getClientRects().length ? one.getBoundingClientRect().top : Infinity;
      if (top <= innerHeight / 3 && top >= (found?.top ?? -Infinity)) found = { id: one.id, top };
    }
    return found;
  }

  // Browsers keep the place too, but note it too seldom: not yet, where the reader has just moved.
  function keepPlace() {
    const place = {
      path: location.pathname,
      mark: scrollY > 0 ? landmark() : null,
      left: scrollX,
      top: scrollY,
      open: Array.from(document.querySelectorAll("details"), (one) => one.open),
    };
    sessionStorage.setItem(placeKey, JSON.stringify(place));
    history.scrollRestoration = "manual";
  }

  function findPlace() {
    const place = JSON.parse(sessionStorage.getItem(placeKey));
    sessionStorage.removeItem(placeKey);
    if (place?.path !== location.pathname) return;
    const details = document.querySelectorAll("details");
    if (details.length === place.open.length) {
      details.forEach((one, n) => { one.open = place.open[n]; });
    }
    const move = () => {
      const mark = place.mark && document.getElementById(place.mark.id);
      const top = mark ? scrollY + mark.getBoundingClientRect().top - place.mark.top : place.top;
      scrollTo({ left: place.left, top, behavior: "instant" });
    };
    move();
    addEventListener("load", () => setTimeout(() => {
      move(); // pictures have their height now, and a fragment has been gone to
      history.scrollRestoration = "auto";
    }));
  }

  function sheets() {
    const links = Array.from(document.querySelectorAll("link[rel~=stylesheet]"));
    return links.map((link) => ({ link, url: new URL(link.href) }))
      .filter(({ url }) => url.origin === location.origin);
  }

  // A sheet goes when the one in its place has come, so that the page is never without.
  function swapStyles() {
    for (const { link, url } of sheets()) {
      const made = link.cloneNode();
      const isReplaced = (one) => one.url.pathname === url.pathname && one.link !== made;
      url.searchParams.set("styles", styles);
      made.href = url.href;
      made.addEventListener("load", () => sheets().filter(isReplaced).forEach((one) => one.link.remove()));
      made.addEventListener("error", () => made.remove());
      link.after(made);
    }
  }

  // A save may come while a page loads: one that this script has left for knows of those only that
  // the page before it was told of, and is told of the newer.
  function keepJumps(path) {
    sessionStorage.setItem(jumpsKey, JSON.stringify({ path, jumps }));
  }

  function findJumps() {
    const kept = JSON.parse(sessionStorage.getItem(jumpsKey));
    sessionStorage.removeItem(jumpsKey);
    const newest = Number(script.dataset.jumps || 0);
    return kept?.path === location.pathname ? Math.min(kept.jumps, newest) : newest;
  }

  // True where the page that was saved is another one, which is gone to now.
  function jump(told) {
    if (!told || told.number <= jumps) return false;
    jumps = told.number;
    if (told.to === location.pathname) return false;
    keepJumps(told.to);
    leave();
    location.assign(told.to);
    return true;
  }

  // Until a page has gone it goes on running: what it is told then concerns the one that comes.
  function leave() {
    isLeaving = true;
    socket.close();
  }

  function take(state) {
    if (isLeaving || jump(state.jump)) return;
    if (state.version !== version) {
      keepPlace();
      keepJumps(location.pathname);
      leave();
      location.reload();
      return;
    }
    if (state.styles !== styles) {
      styles = state.styles;
      swapStyles();
    }
    if (!state.building) show(state.problems);
    showBuilding(state.building);
  }

  function connect() {
    socket = new WebSocket(address);
    socket.addEventListener("open", () => { pause = 200; });
    socket.addEventListener("message", (event) => take(JSON.parse(event.data)));
    socket.addEventListener("close", () => {
      if (isLeaving) return;
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, longestPause);
    });
  }

  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  // A page that the reader comes back to may be the very one that was left, as it was.
  addEventListener("pageshow", (event) => {
    if (!event.persisted || !isLeaving) return;
    isLeaving = false;
    connect();
  });
  findPlace();
  connect();
})();
