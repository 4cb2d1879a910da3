// What the editor offers while somebody types: prefixes, classes, properties, codes and named things of the live graph.

import TERMS from "./terms.rq";

const SEARCHED = 20;
const OFFERED = 60;
const SHORTEST = 2;
const BEFORE_A_CLASS = new Set(["a", "rdf:type", "rdfs:domain", "rdfs:range", "rdfs:subClassOf"]);
const PREFIXED = "string-2"; // what the tokeniser of YASQE calls a prefixed name

/** Registers our completers in the place of those of YASQE that ask outside vocabularies. */
export function registerCompleters(Yasqe, { prefixes, kinds, schemes, endpoint, search, language }) {
  const names = Object.entries(prefixes).sort((one, other) => other[1].length - one[1].length);
  const labels = new Map();
  let terms;
  let taken; // the completion just put in, which is not to be offered again at once

  const curie = (iri) => {
    const [name, base] = names.find(([, base]) => iri.startsWith(base) && iri.length > base.length) ?? [];
    return name ? `${name}:${iri.slice(base.length)}` : `<${iri}>`;
  };

  async function load() {
    const address = `${endpoint}?${new URLSearchParams({ query: TERMS })}`;
    const response = await fetch(address, { headers: { Accept: "application/sparql-results+json" } });
    if (!response.ok) throw new Error(`the terms of the graph: ${response.status}`);
    return gathered((await response.json()).results.bindings, curie, language);
  }

  async function matching(kind, typed) {
    terms ??= load();
    let known;
    try {
      known = await terms;
    } catch {
      terms = undefined; // asked for again with the next letter
      return [];
    }
    const wanted = folded(typed);
    const word = folded(typed.slice(typed.indexOf(":") + 1));
    const scope = typed.includes(":") ? wanted.slice(0, wanted.indexOf(":") + 1) : "";
    return known
      .filter((term) => term.kind === kind && term.name.toLowerCase().startsWith(scope))
      .map((term) => ({ term, rank: rank(term, wanted, word) }))
      .filter(({ rank }) => rank < 3)
      .sort((one, other) => one.rank - other.rank || one.term.name.localeCompare(other.term.name))
      .slice(0, OFFERED)
      .map(({ term }) => told(term.name, term.label));
  }

  async function things(typed) {
    const [kind, local] = [typed.slice(0, typed.indexOf(":")), typed.slice(typed.indexOf(":") + 1)];
    if (schemes.includes(kind)) return matching("code", typed);
    if (local.length < SHORTEST) return [];
    const asked = new URLSearchParams({ q: local.replaceAll("-", " "), kind, limit: String(SEARCHED) });
    const response = await fetch(`${search}?${asked}`, { headers: { Accept: "application/json" } });
    if (!response.ok) return [];
    return (await response.json()).hits.map((hit) => told(curie(hit.iri), [hit.label, hit.note].filter(Boolean).join(" · ")));
  }

  function told(name, label) {
    labels.set(name, label);
    return name;
  }

  function take(editor, { from, to }, hint) {
    taken = hint.text;
    editor.replaceRange(hint.text, hint.from ?? from, hint.to ?? to, "complete");
  }

  const unlessTaken = (find) => (_, { string }) => (string.trim() === taken ? [] : find(string.trim()));

  const own = {
    bulk: false,
    autoShow: true,
    persistenceId: null,
    preProcessToken: (_, token) => token,
    postProcessSuggestion: (_yasqe, _token, suggested) => suggested,
    postprocessHints: (_, hints) =>
      hints.map((hint) => ({ ...hint, hint: take, render: (place) => drawn(place, hint.text, labels.get(hint.text)) })),
  };
  const { isValidCompletionPosition: isProperty } = Yasqe.Autocompleters.property;

  Yasqe.forkAutocompleter("prefixes", {
    name: "prefixes",
    persistenceId: null,
    get: () => Object.entries(prefixes).map(([name, base]) => `${name}: <${base}>`).sort(),
  });
  Yasqe.forkAutocompleter("property", { name: "property", ...own, get: unlessTaken((typed) => matching("property", typed)) });
  Yasqe.forkAutocompleter("class", {
    name: "class",
    ...own,
    get: unlessTaken((typed) => matching("class", typed)),
    isValidCompletionPosition: isClass,
  });
  Yasqe.registerAutocompleter({
    name: "thing",
    ...own,
    get: unlessTaken(things),
    isValidCompletionPosition(yasqe) {
      const [prefix, ...rest] = yasqe.getCompleteToken().string.split(":");
      const named = rest.length > 0 && (kinds.includes(prefix) || schemes.includes(prefix));
      return named && !isClass(yasqe) && !isProperty(yasqe);
    },
  });
}

/** Declares the prefixes of ours that a query uses and does not declare; gives the number of lines that this adds. */
export function declarePrefixes(yasqe, prefixes) {
  const lines = yasqe.lineCount();
  const tokens = Array.from({ length: lines }, (_, line) => yasqe.getLineTokens(line)).flat();
  const used = new Set(tokens.filter(({ type }) => type === PREFIXED).map(({ string }) => string.split(":")[0]));
  const declared = yasqe.getPrefixesFromQuery();
  const missing = [...used].filter((name) => name in prefixes && !(name in declared)).sort().reverse(); // each goes on top
  if (missing.length) yasqe.addPrefixes(Object.fromEntries(missing.map((name) => [name, prefixes[name]])));
  return yasqe.lineCount() - lines;
}

function isClass(yasqe) {
  const token = yasqe.getCompleteToken();
  if (/^[?$]/.test(token.string)) return false;
  return BEFORE_A_CLASS.has(yasqe.getPreviousNonWsToken(yasqe.getDoc().getCursor().line, token).string);
}

/** One entry for each term and kind, with its label in the page's language where it has one. */
function gathered(rows, curie, language) {
  const found = new Map();
  for (const { term, kind, label } of rows) {
    const key = `${kind.value} ${term.value}`;
    const entry = found.get(key) ?? { name: curie(term.value), kind: kind.value, label: "", folded: "" };
    if (label && (!entry.label || label["xml:lang"] === language)) entry.label = label.value;
    if (label) entry.folded += `\n${folded(label.value)}`;
    found.set(key, entry);
  }
  return [...found.values()];
}

function rank({ name, folded: said }, wanted, word) {
  if (folded(name).startsWith(wanted)) return 0;
  if (said.includes(`\n${word}`)) return 1;
  return said.includes(word) || folded(name).includes(word) ? 2 : 3;
}

function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
}

function drawn(place, name, label) {
  place.append(name);
  if (!label) return;
  const note = document.createElement("small");
  note.textContent = label;
  place.append(note);
}
