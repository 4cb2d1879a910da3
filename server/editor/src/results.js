// The answer of a query: a table and the raw text by YASR, in the words of the page and with links to pages here.

const LOCAL = /^https:\/\/w3id\.org\/bomay\/(id|code)\/([a-z]+)\/([^/]+)$/;

/** A YASR in `place` that keeps nothing in the browser. */
export function resultsIn(place, Yasr, { prefixes, words }) {
  Object.assign(Yasr.plugins.table.defaults.tableConfig, {
    language: {
      ...Yasr.plugins.table.defaults.tableConfig.language,
      emptyTable: words.none,
      zeroRecords: words.none,
      info: words.info,
      infoEmpty: "",
      infoFiltered: words.filtered,
    },
  });
  Yasr.plugins.table.defaults.openIriInNewWindow = false;
  const yasr = new Yasr(place, {
    persistenceId: null,
    prefixes,
    pluginOrder: ["table", "response"],
    getDownloadFileName: () => "bomay",
  });
  yasr.rootEl.querySelector(".yasr_external_ref_btn").remove();
  yasr.on("drawn", () => translate(yasr, words));
  for (const event of ["click", "auxclick"]) yasr.rootEl.addEventListener(event, leadHere, { capture: true });
  return yasr;
}

function translate({ rootEl, results }, words) {
  const said = {
    ".select_table span": words.table,
    ".select_response span": words.raw,
    ".tableControls > div:nth-child(1) .label": words.simple,
    ".tableControls > div:nth-child(2) .label": words.shorten,
    ".pageSizerLabel": words.size,
    ".tableSizer option[value='-1']": words.all,
  };
  for (const [selector, text] of Object.entries(said)) {
    for (const node of rootEl.querySelectorAll(selector)) node.textContent = text;
  }
  for (const [name, text] of Object.entries({ table: words.table, response: words.raw })) {
    for (const button of rootEl.querySelectorAll(`.select_${name}`)) {
      button.title = text;
      button.removeAttribute("aria-label");
    }
  }
  const filter = rootEl.querySelector(".tableFilter");
  filter?.setAttribute("placeholder", words.filter);
  filter?.setAttribute("aria-label", words.filter);
  const download = rootEl.querySelector(".yasr_downloadIcon");
  download?.setAttribute("aria-label", words.download);
  download?.setAttribute("title", words.download);
  const rows = results?.getBindings();
  const seconds = ((results?.getResponseTime() ?? 0) / 1000).toLocaleString(document.documentElement.lang);
  const counted = rows && words.rows.replace("{rows}", rows.length.toLocaleString(document.documentElement.lang));
  rootEl.querySelector(".yasr_response_chip").textContent = [counted, words.seconds.replace("{seconds}", seconds)].filter(Boolean).join(" · ");
  const truth = rootEl.querySelector(".booleanResult span");
  if (truth) truth.textContent = results.getBoolean() ? words.yes : words.no;
}

/** Things and codes of ours lead to their page on this host. */
function leadHere(event) {
  const link = event.target.closest("a.iri");
  const [, group, kind, slug] = LOCAL.exec(link?.href ?? "") ?? [];
  if (slug) link.href = `/${group === "id" ? "doc" : "code"}/${kind}/${slug}`;
}
