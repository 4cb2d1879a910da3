// <search-box data-source="/api/search">: suggestions under the input it wraps (ARIA combobox pattern).
// Instead of opening its page, a choice is written into the input as its IRI with data-picks, as "name [kind:slug]" with
// data-fill (what IRIs here begin with), and told by an event; data-kind keeps to one kind. With data-maker, an address to
// which a name is added, the last choice, called data-make, makes what is not there in another window. Without JavaScript
// the form around it still works.

class SearchBox extends HTMLElement {
  static #made = 0;
  #input;
  #list;
  #pending;
  #timer;

  connectedCallback() {
    this.#input = this.querySelector("input");
    if (!this.#input || this.#list) return;
    this.#list = document.createElement("ul");
    this.#list.className = "suggestions";
    this.#list.id = `${this.#input.id || `box-${SearchBox.#made++}`}-suggestions`;
    this.#list.setAttribute("role", "listbox");
    this.#list.hidden = true;
    this.append(this.#list);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.#list.id,
    })) {
      this.#input.setAttribute(name, value);
    }
    this.#input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#suggest(), 120);
    });
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("focusout", (event) => {
      if (!this.contains(event.relatedTarget)) this.#close();
    });
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = event.target.closest("li");
      if (option) this.#choose(option);
    });
  }

  async #suggest() {
    const text = this.#input.value.trim();
    this.#pending?.abort();
    if (text.length < 2) return this.#close();
    this.#pending = new AbortController();
    const kind = this.dataset.kind ? { kind: this.dataset.kind } : {};
    const address = `${this.dataset.source}?${new URLSearchParams({ q: text, limit: "8", ...kind })}`;
    try {
      const response = await fetch(address, { signal: this.#pending.signal, headers: { Accept: "application/json" } });
      if (response.ok) this.#show((await response.json()).hits);
    } catch (error) {
      if (error.name !== "AbortError") this.#close();
    }
  }

  #show(hits) {
    this.#list.replaceChildren(
      ...[...hits, ...this.#making()].map((hit, at) => {
        const option = document.createElement("li");
        option.id = `${this.#list.id}-${at}`;
        option.setAttribute("role", "option");
        option.dataset.url = hit.url;
        if (hit.iri) option.dataset.iri = hit.iri;
        option.dataset.label = hit.label;
        option.textContent = hit.label;
        const note = document.createElement("small");
        note.textContent = hit.note || hit.kind_label || "";
        option.append(note);
        return option;
      }),
    );
    const count = this.#list.children.length;
    this.#list.hidden = count === 0;
    this.#input.setAttribute("aria-expanded", String(count > 0));
    this.#input.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    const options = [...this.#list.children];
    if (this.#list.hidden || options.length === 0) return;
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") return this.#close();
    if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      this.#choose(options[at]);
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    options[at]?.setAttribute("aria-selected", "false");
    const next = options[(at + step + options.length + (at < 0 && step < 0 ? 1 : 0)) % options.length];
    next.setAttribute("aria-selected", "true");
    next.scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", next.id);
  }

  #making() {
    const { maker, make } = this.dataset;
    return maker ? [{ label: make, url: maker + encodeURIComponent(this.#input.value.trim()) }] : [];
  }

  #choose(option) {
    const { iri, label, url } = option.dataset;
    const { fill, picks } = this.dataset;
    if (fill === undefined && picks === undefined) return location.assign(url);
    if (!iri) {
      this.#close();
      return open(url, "_blank", "noopener");
    }
    const name = fill && iri.startsWith(fill) ? iri.slice(fill.length).replace("/", ":") : iri;
    this.#input.value = picks === undefined ? `${label} [${name}]` : iri;
    this.#close();
    this.dispatchEvent(new CustomEvent("pick", { bubbles: true, detail: { label } }));
  }

  #close() {
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }
}

customElements.define("search-box", SearchBox);
