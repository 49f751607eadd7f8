// Filters, ways through the findings, and sign-off. Without it the page can be read all the same.
// Whatever came from a policy is only ever set as text.
(() => {
  "use strict";
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const one = (selector, root = document) => root.querySelector(selector);
  const by = (id) => document.getElementById(id);
  const say = JSON.parse(by("messages").textContent);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
  const tell = (text) => { by("said").textContent = text; };
  const small = matchMedia("(max-width: 760px)");

  for (const hidden of all(".needs-script")) {
    if (!hidden.classList.contains("view")) hidden.hidden = false;
  }
  by("sign-off").hidden = false;
  document.documentElement.classList.add("tabbed");

  // --- What there is.

  const cards = all(".findings .card");
  const cardOf = new Map(all(".card").map((card) => [card.dataset.f, card]));
  const policies = all(".policy");
  const marksOf = new Map();
  const marks = all("mark, .note").map((node) => {
    const tokens = node.dataset.f.split(" ");
    // A note may stand for several findings in a row.
    const range = node.classList.contains("note") ? /^(\d+)–(\d+)$/.exec(node.textContent) : null;
    if (range) for (let n = Number(range[1]) + 1; n <= Number(range[2]); n++) tokens.push(String(n));
    const mark = { node, tokens, tone: ["error", "warning", "info", "aside", "context"].find((tone) => node.classList.contains(tone)) };
    for (const token of tokens) {
      if (!marksOf.has(token)) marksOf.set(token, []);
      marksOf.get(token).push(node);
    }
    return mark;
  });

  // --- Views.

  const views = all(".view");
  const tabs = all(".views a");
  one(".views").setAttribute("role", "tablist");
  for (const tab of tabs) {
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", tab.dataset.view);
    tab.id = `tab-${tab.dataset.view}`;
  }
  for (const view of views) view.setAttribute("role", "tabpanel");

  function show(view) {
    for (const other of views) other.classList.toggle("shown", other === view);
    for (const tab of tabs) {
      const on = tab.dataset.view === view.id;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
    }
  }

  function showPolicy(policy) {
    for (const other of policies) other.classList.toggle("shown", other === policy);
    const select = one("#filters [name=policy]");
    if (select) select.value = policy.id;
  }

  one(".views").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const visible = tabs.filter((tab) => !tab.hidden);
    const next = visible[(visible.indexOf(document.activeElement) + step + visible.length) % visible.length];
    next.focus();
    go(next.hash);
    event.preventDefault();
  });

  // Shows whatever the hash names, in whichever view it is.
  function go(hash, remember = true) {
    const target = hash.length > 1 ? by(decodeURIComponent(hash.slice(1))) : null;
    const view = target?.closest(".view");
    if (!view) return false;
    show(view);
    const policy = target.closest(".policy");
    if (policy) showPolicy(policy);
    if (remember && location.hash !== hash) history.pushState(null, "", hash);
    if (target.matches(".card")) return select(target.dataset.f, { scrollCard: true, scrollText: true, focus: true });
    if (target === view) {
      scrollTo(0, view.id === "summary" ? 0 : Math.min(scrollY, one(".masthead").offsetHeight));
      return true;
    }
    const token = /^[mc]-(a?\d+)/.exec(target.id)?.[1];
    if (token) select(token, { scrollCard: true, at: target });
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const spot = target.matches(".anchor");
    target.scrollIntoView({ block: spot ? "center" : "start" });
    if (spot && !token) {
      const block = target.closest("p, h3, h4, h5, h6");
      block?.classList.remove("flash");
      requestAnimationFrame(() => block?.classList.add("flash"));
    }
    if (target.tabIndex >= 0 || target.hasAttribute("tabindex")) target.focus({ preventScroll: true });
    return true;
  }

  // --- Selecting a finding.

  let current = null;
  let order = [];

  function scrollWithin(card) {
    const panel = card.closest(".findings");
    if (!panel || getComputedStyle(panel).position !== "sticky") {
      if (!small.matches) card.scrollIntoView({ block: "center" });
      return;
    }
    // Cards far away have estimated heights until they are drawn: look again once they are.
    const align = (looks) => {
      panel.scrollTop += card.getBoundingClientRect().top - panel.getBoundingClientRect().top - 12;
      if (looks > 0) requestAnimationFrame(() => align(looks - 1));
    };
    align(3);
  }

  function clear() {
    for (const node of all(".on")) node.classList.remove("on");
    for (const card of all(".card.sheet")) card.classList.remove("sheet");
    current = null;
  }

  function select(token, { scrollCard = false, scrollText = false, focus = false, at = null } = {}) {
    const card = cardOf.get(token);
    if (!card) return false;
    clear();
    current = token;
    card.classList.add("on");
    for (const node of marksOf.get(token) ?? []) node.classList.add("on");
    const home = card.closest(".policy");
    if (home) {
      show(by("text"));
      showPolicy(home);
      if (card.classList.contains("off")) { filters.reset(); filter(); }
      if (small.matches) sheet(card);
      const words = at ?? by(`m-${token}`);
      const hidden = small.matches && words?.getBoundingClientRect().bottom > innerHeight * 0.36;
      if (scrollText || hidden) words?.scrollIntoView({ block: small.matches ? "start" : "center" });
      if (scrollCard) scrollWithin(card);
    } else {
      show(card.closest(".view"));
      card.scrollIntoView({ block: "center" });
    }
    if (focus) card.focus({ preventScroll: true });
    place();
    return true;
  }

  function place() {
    const at = order.indexOf(current);
    const among = at < 0 ? String(order.length) : `${at + 1} / ${order.length}`;
    by("shown").textContent = order.length === cards.length || at >= 0 ? among : fill(say.shown, { shown: order.length, all: cards.length });
  }

  function move(step) {
    if (!order.length) return;
    const at = order.indexOf(current);
    const next = at < 0 ? (step > 0 ? 0 : order.length - 1) : (at + step + order.length) % order.length;
    select(order[next], { scrollCard: true, scrollText: true, focus: true });
  }

  // On a phone the finding rises from below the text.
  function sheet(card) {
    if (!one(".sheet-tools", card)) {
      const tools = document.createElement("p");
      tools.className = "sheet-tools";
      for (const [text, act] of [["←", () => move(-1)], ["→", () => move(1)], [say.close, clear]]) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = text;
        button.addEventListener("click", act);
        tools.append(button);
      }
      card.append(tools);
    }
    card.classList.add("sheet");
    card.scrollTop = 0;
  }

  // --- Filters.

  const filters = by("filters");
  const texts = new Map();
  const textOf = (card) => {
    if (!texts.has(card)) texts.set(card, `${card.textContent} ${card.dataset.rule}`.toLowerCase());
    return texts.get(card);
  };

  function filter() {
    const data = new FormData(filters);
    const severities = new Set(data.getAll("severity"));
    const words = String(data.get("words") ?? "").trim().toLowerCase().split(/\s+/).filter(Boolean);
    const has = (list, value) => !value || ` ${list} `.includes(` ${value} `);
    const visible = new Set();
    const counts = new Map();
    for (const card of cards) {
      const on = severities.has(card.dataset.severity)
        && has(card.dataset.group ?? "", data.get("group"))
        && has(card.dataset.statutes, data.get("statute"))
        && has(card.dataset.sections, data.get("section"))
        && words.every((word) => textOf(card).includes(word));
      card.classList.toggle("off", !on);
      if (!on) continue;
      visible.add(card.dataset.f);
      for (const section of card.dataset.sections.split(" ")) {
        if (!counts.has(section)) counts.set(section, {});
        const count = counts.get(section);
        count[card.dataset.severity] = (count[card.dataset.severity] ?? 0) + 1;
      }
    }
    order = cards.filter((card) => visible.has(card.dataset.f)).map((card) => card.dataset.f);
    for (const { node, tokens, tone } of marks) {
      if (tone === "context" || tone === "aside") continue;
      const seen = tokens.filter((token) => visible.has(token));
      node.classList.toggle("off", seen.length === 0);
      const grades = seen.map((token) => cardOf.get(token).dataset.severity);
      const now = ["error", "warning", "info"].find((grade) => grades.includes(grade));
      if (now) { node.classList.remove("error", "warning", "info"); node.classList.add(now); }
    }
    for (const counted of all(".contents [data-section]")) {
      const count = counts.get(counted.dataset.section) ?? {};
      for (const part of counted.children) {
        const number = count[part.className] ?? 0;
        part.textContent = String(number);
        part.hidden = number === 0;
      }
    }
    place();
    tell(fill(say.shown, { shown: order.length, all: cards.length }));
  }

  filters.addEventListener("input", (event) => {
    if (event.target.name === "policy") {
      showPolicy(by(event.target.value));
      scrollTo(0, Math.min(scrollY, one(".masthead").offsetHeight));
      return;
    }
    clear();
    filter();
    const section = event.target.name === "section" && event.target.value;
    if (section) {
      const policy = by(section)?.closest(".policy");
      if (policy) showPolicy(policy);
      by(section)?.scrollIntoView();
    }
  });
  filters.addEventListener("reset", () => setTimeout(() => { clear(); filter(); }));
  filters.addEventListener("submit", (event) => event.preventDefault());

  // --- Clicks.

  document.addEventListener("click", (event) => {
    const node = event.target.closest("a[href^='#'], mark, [data-move]");
    if (!node || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (node.dataset.move) return move(Number(node.dataset.move));
    if (node.matches("mark")) {
      if (node.closest("a") || !node.dataset.f || String(getSelection())) return;
      const visible = node.dataset.f.split(" ").filter((token) => !cardOf.get(token)?.classList.contains("off"));
      if (!visible.length || node.classList.contains("context") && !node.classList.contains("on")) return;
      // Of findings about the same words each click shows the next.
      const next = visible[(visible.indexOf(current) + 1) % visible.length];
      select(next, { scrollCard: true });
      return;
    }
    if (node.dataset.filter) {
      filters.reset();
      filters.elements[node.dataset.filter].value = node.dataset.value;
      setTimeout(() => { filter(); show(by("text")); if (order.length) select(order[0], { scrollCard: true, scrollText: true }); });
      event.preventDefault();
      return;
    }
    if (node.matches(".note")) {
      select(node.dataset.f, { scrollCard: true, focus: true });
      history.pushState(null, "", node.hash);
      event.preventDefault();
      return;
    }
    if (node.closest(".articles")) {
      unfold(node);
      event.preventDefault();
      return;
    }
    if (node.closest(".card.sheet")) clear();
    if (go(node.hash)) event.preventDefault();
  });

  addEventListener("popstate", () => { if (location.hash) go(location.hash, false); });

  // The articles stand once in the page; a click on one that is cited shows its words there, and puts them away.
  function unfold(link) {
    const shown = link.nextElementSibling;
    const text = one("dd", by(decodeURIComponent(link.hash.slice(1))));
    if (shown) shown.remove();
    else if (text) {
      const words = document.createElement("p");
      words.lang = text.lang;
      words.textContent = text.textContent;
      link.after(words);
    }
    link.setAttribute("aria-expanded", String(!shown));
  }

  addEventListener("beforeprint", () => { for (const fold of all("details.places, details.contents, details.remedy:not(.same)")) fold.open = true; });

  // --- Keys.

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const mark = current && by(`m-${current}`);
      if (document.activeElement?.matches("input[type=search]")) document.activeElement.blur();
      clear();
      place();
      const note = mark && all(".note", mark.parentElement).find((node) => node.dataset.f);
      note?.focus({ preventScroll: true });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !by("keys-on").checked) return;
    if (event.target.matches("input:not([type=checkbox]), textarea, select")) return;
    const act = {
      j: () => move(1), n: () => move(1), k: () => move(-1), p: () => move(-1),
      "/": () => { show(by("text")); one("[name=words]", filters).focus(); },
      x: () => { const box = current && one("[name=choose]", cardOf.get(current)); if (box) { box.checked = !box.checked; chosen(); } },
    }[event.key];
    if (act) { act(); event.preventDefault(); }
  });

  // --- The chapter that is read.

  if ("IntersectionObserver" in window) {
    const links = new Map(all(".contents a").map((link) => [link.hash.slice(1), link]));
    const watch = new IntersectionObserver((entries) => {
      const entry = entries.filter((entry) => entry.isIntersecting).pop();
      if (!entry) return;
      for (const link of links.values()) link.classList.toggle("here", link === links.get(entry.target.id));
    }, { rootMargin: "0px 0px -70% 0px" });
    for (const id of links.keys()) { const head = by(id); if (head) watch.observe(head); }
  }

  // --- Sign-off.

  const entries = [];
  const picked = () => all("[name=choose]:checked");

  function item(list, text, remove) {
    const row = document.createElement("li");
    const words = document.createElement("span");
    words.textContent = text;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = say.remove;
    button.addEventListener("click", remove);
    row.append(words, button);
    list.append(row);
  }

  function chosen() {
    const boxes = picked();
    for (const count of all("[data-chosen]")) count.textContent = String(boxes.length);
    const list = by("chosen");
    list.replaceChildren();
    for (const box of boxes) {
      const card = cardOf.get(box.value);
      item(list, `${box.value}  ${one("h4", card).textContent}`, () => { box.checked = false; chosen(); });
    }
    if (!boxes.length) {
      const row = document.createElement("li");
      row.textContent = say.none;
      list.append(row);
    }
    tell(fill(say.selected, { count: boxes.length }));
  }

  // A double-quoted YAML scalar: whatever is not plainly printable is written by its number.
  function quoted(text) {
    let out = '"';
    for (const c of text) {
      const code = c.codePointAt(0);
      if (c === '"' || c === "\\") out += `\\${c}`;
      else if (c === "\n") out += "\\n";
      else if (c === "\t") out += "\\t";
      else if (code >= 0xd800 && code <= 0xdfff) out += "\\uFFFD";
      else if (code < 0x20 || (code >= 0x7f && code < 0xa0)) out += `\\x${code.toString(16).padStart(2, "0")}`;
      else if (/[\p{Cf}\p{Zl}\p{Zp}\p{Cn}\p{Co}]/u.test(c)) {
        out += code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
      } else out += c;
    }
    return `${out}"`;
  }

  function yaml() {
    const lines = ["waivers:"];
    for (const entry of entries) {
      let start = "  - ";
      for (const [key, value] of Object.entries(entry)) {
        if (!value) continue;
        lines.push(`${start}${key}: ${key === "expires" || key === "rule" ? value : quoted(value)}`);
        start = "    ";
      }
    }
    return entries.length ? `${lines.join("\n")}\n` : "";
  }

  function written() {
    const list = by("entries");
    list.replaceChildren();
    entries.forEach((entry, at) => {
      item(list, `${entry.rule} · ${entry.quote || entry.fingerprint} · ${entry.expires}`, () => { entries.splice(at, 1); written(); });
    });
    by("entry-count").textContent = String(entries.length);
    by("yaml").value = yaml();
  }

  document.addEventListener("change", (event) => { if (event.target.name === "choose") chosen(); });

  const day = (later) => {
    const date = new Date();
    date.setDate(date.getDate() + later);
    return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
  };
  by("expires").min = day(1);
  by("expires").value = day(180);

  by("sign-off-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const reason = by("reason").value.trim();
    const expires = by("expires").value;
    const boxes = picked();
    by("reason-wrong").textContent = !boxes.length ? say.needsChoice : reason ? "" : say.needsReason;
    by("expires-wrong").textContent = /^\d{4}-\d\d-\d\d$/.test(expires) && expires >= day(1) ? "" : say.needsExpiry;
    const wrong = all("#sign-off-form .wrong").find((note) => note.textContent);
    if (wrong) { by(wrong.id.replace("-wrong", "")).focus(); return; }
    for (const box of boxes) {
      const card = cardOf.get(box.value);
      const prints = card.dataset.prints.split(" ");
      // What the whole policy lacks has no words; a character shown by its number cannot be quoted.
      const quote = (node) => ("whole" in card.dataset || one(".hidden-character", node) ? "" : node.textContent);
      const quotes = [one("blockquote a", card), ...all(".places a", card)].map(quote);
      prints.forEach((fingerprint, at) => {
        const same = entries.findIndex((entry) => entry.fingerprint === fingerprint && entry.file === card.dataset.file && entry.rule === card.dataset.rule);
        if (same >= 0) entries.splice(same, 1);
        entries.push({
          rule: card.dataset.rule, file: card.dataset.file, quote: quotes[at], fingerprint, reason,
          "approved-by": by("approved-by").value.trim(), expires,
        });
      });
      box.checked = false;
    }
    chosen();
    written();
  });

  by("copy").addEventListener("click", async () => {
    const area = by("yaml");
    try {
      await navigator.clipboard.writeText(area.value);
      tell(say.copied);
      by("copy").textContent = say.copied;
    } catch {
      area.select();
      const done = document.execCommand("copy");
      tell(done ? say.copied : say.copyFailed);
      by("copy").textContent = done ? say.copied : say.copyFailed;
    }
  });

  by("download").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([by("yaml").value], { type: "text/yaml" }));
    link.download = "waivers.yaml";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });

  // --- Begin.

  if (small.matches || innerWidth <= 1180) for (const contents of all(".contents")) contents.open = false;
  if (policies.length > 1) document.documentElement.classList.add("choosing");
  if (policies.length) showPolicy(policies[0]);
  chosen();
  filter();
  tell("");
  if (!go(location.hash, false)) show(by("summary"));
})();
