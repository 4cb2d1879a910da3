"""Ways in which a request or a file may try to have the program reach out to URL: a query, a context, a link."""

import re

from kg.namespaces import sparql_prologue

QUERIES = {
    "SERVICE": "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SERVICE SILENT": "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "SERVICE of a variable": "SELECT * { VALUES ?v { <URL> } SERVICE ?v { ?s ?p ?o } }",
    "SERVICE in a sub-select": "SELECT * { { SELECT * { OPTIONAL { SERVICE SILENT <URL> { ?s ?p ?o } } } } }",
    "SERVICE in EXISTS": "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "SERVICE of a prefixed name": "PREFIX SERVICE: <URL> SELECT * { SERVICE SERVICE: { ?s ?p ?o } }",
    "SERVICE behind an escape": r"SELECT * { \u0053ERVICE <URL> { ?s ?p ?o } }",
    "FROM": "SELECT * FROM <URL> { ?s ?p ?o }",
    "FROM NAMED": "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "DESCRIBE": "DESCRIBE <URL>",
    "GRAPH": "SELECT * { GRAPH <URL> { ?s ?p ?o } }",
}

UPDATES = {
    "SERVICE": "INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "SERVICE SILENT": "INSERT { ?s ?p ?o } WHERE { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "SERVICE of a variable": "INSERT { ?s ?p ?o } WHERE { VALUES ?v { <URL> } SERVICE ?v { ?s ?p ?o } }",
    "LOAD": "LOAD <URL>",
    "LOAD SILENT": "LOAD SILENT <URL>",
    "LOAD INTO": "LOAD <URL> INTO GRAPH <URL>",
    "LOAD SILENT INTO": "LOAD SILENT <URL> INTO GRAPH bm:g",
    "LOAD behind data": "INSERT DATA { bm:a bm:b 1 } ; load<URL>",
    "LOAD of a prefixed name": "PREFIX LOAD: <URL> LOAD LOAD:",
    "LOAD behind an escape": r"\u004cOAD <URL>",
    "USING": "INSERT { ?s bm:x ?o } USING <URL> WHERE { ?s ?p ?o }",
    "USING NAMED": "INSERT { ?s bm:x ?o } USING NAMED <URL> WHERE { GRAPH ?g { ?s ?p ?o } }",
    "WITH": "WITH <URL> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "COPY": "COPY SILENT <URL> TO bm:g",
    "ADD": "ADD SILENT <URL> TO bm:g",
}

BODIES = {
    "JSON-LD context": ("application/ld+json", '{"@context": "URL", "@id": "urn:a", "name": "x"}', True),
    "JSON-LD contexts": (
        "application/ld+json",
        '{"@context": ["URL", {"n": "urn:n"}], "@id": "urn:a", "n": "x"}',
        True,
    ),
    "JSON-LD import": (
        "application/ld+json",
        '{"@context": {"@version": 1.1, "@import": "URL"}, "@id": "urn:a"}',
        True,
    ),
    "JSON-LD scoped context": (
        "application/ld+json",
        '{"@context": {"@version": 1.1, "n": {"@id": "urn:n", "@context": "URL"}}, "@id": "urn:a", "n": {"m": "x"}}',
        True,
    ),
    "XML entity": (
        "application/rdf+xml",
        '<!DOCTYPE r [<!ENTITY e SYSTEM "URL">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="urn:a"><p xmlns="urn:">&e;</p></rdf:Description></rdf:RDF>',
        True,
    ),
    "XML document type": (
        "application/rdf+xml",
        '<!DOCTYPE r SYSTEM "URL"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
        False,
    ),
    "XML parameter entity": (
        "application/rdf+xml",
        '<!DOCTYPE r [<!ENTITY % e SYSTEM "URL"> %e;]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
        False,
    ),
    "links of data": (
        "text/turtle",
        "@base <URL> . <URL> a <http://www.w3.org/2002/07/owl#Ontology> ; "
        "<http://www.w3.org/2002/07/owl#imports> <URL> ; "
        "<http://www.w3.org/2000/01/rdf-schema#seeAlso> <URL> ; <http://www.w3.org/ns/shacl#shapesGraph> <URL> .",
        False,
    ),
}

SHAPES = {
    "owl:imports": "<urn:s> a owl:Ontology ; owl:imports <URL> .",
    "sh:shapesGraph": "<URL> sh:shapesGraph <URL> ; rdfs:seeAlso <URL> ; rdfs:isDefinedBy <URL> .",
    "sh:select": 'bm:S a sh:NodeShape ; sh:targetClass bm:Person ; sh:sparql [ sh:message "x" ; '
    'sh:select "SELECT $this WHERE { SERVICE SILENT <URL> { $this ?p ?o } }" ] .',
    "sh:ask": "bm:C a sh:ConstraintComponent ; sh:parameter [ sh:path bm:param ] ; sh:validator [ "
    'a sh:SPARQLAskValidator ; sh:ask "ASK { SERVICE <URL> { $value ?p ?o } }" ] . '
    "bm:S a sh:NodeShape ; sh:targetClass bm:Person ; bm:param 1 .",
    "sh:target": "bm:S a sh:NodeShape ; sh:target [ a sh:SPARQLTarget ; "
    'sh:select "SELECT ?this WHERE { SERVICE <URL> { ?this ?p ?o } }" ] ; '
    "sh:property [ sh:path bm:x ; sh:minCount 1 ] .",
    "bm:affectedFocus": "bm:S a sh:NodeShape ; sh:targetClass bm:Person ; sh:sparql [ sh:message 'x' ; "
    "sh:select 'SELECT $this WHERE { $this <urn:x> $this }' ; "
    "bm:affectedFocus 'SELECT ?focus WHERE { SERVICE <URL> { ?changed ?p ?focus } }' ] .",
    "bm:affectedFocusBySubject": "bm:S a sh:NodeShape ; sh:targetClass bm:Person ; sh:sparql [ sh:message 'x' ; "
    "sh:select 'SELECT $this WHERE { $this <urn:x> $this }' ; "
    "bm:affectedFocusBySubject 'SELECT ?focus WHERE { SERVICE <URL> { ?changed ?p ?focus } }' ] .",
    "sh:js": "bm:S a sh:NodeShape ; sh:targetClass bm:Person ; sh:js [ a sh:JSConstraint ; "
    "sh:jsLibrary [ sh:jsLibraryURL 'URL'^^xsd:anyURI ] ; sh:jsFunctionName 'f' ] .",
    "sh:rule": "bm:S a sh:NodeShape ; sh:targetClass bm:Person ; sh:rule [ a sh:SPARQLRule ; "
    "sh:construct 'CONSTRUCT { $this <urn:x> ?o } WHERE { SERVICE <URL> { $this ?p ?o } }' ] .",
}
PERSON = sparql_prologue() + 'person:a a bm:Person ; rdfs:label "A"@vi .'


def shapes_of(way: str, url: str) -> bytes:
    more = "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    return (sparql_prologue() + more + re.sub(r"\bURL\b", url, SHAPES[way])).encode()


WORDS = "Ngày 5/4/2022, ông Nguyễn Văn Mẫu, Chủ tịch UBND tỉnh, chủ trì hội nghị giao ban của tỉnh Bắc Kạn."
PAGES = {
    "entity": (
        "application/xhtml+xml",
        '<!DOCTYPE html [<!ENTITY e SYSTEM "URL">]><html><body><p>&e; WORDS</p></body></html>',
    ),
    "document type": ("text/html", '<!DOCTYPE html SYSTEM "URL"><html><body><p>WORDS</p></body></html>'),
    "links": (
        "text/html",
        '<html><head><base href="URL"><link rel="stylesheet" href="URL"><link rel="canonical" href="URL">'
        '<meta http-equiv="refresh" content="0;url=URL"><script src="URL"></script></head><body><article><p>WORDS</p>'
        '<img src="URL"><iframe src="URL"></iframe><object data="URL"></object></article></body></html>',
    ),
    "inclusion": (
        "application/xhtml+xml",
        '<html xmlns:xi="http://www.w3.org/2001/XInclude"><body><xi:include href="URL"/><p>WORDS</p></body></html>',
    ),
    "text": ("text/plain", "WORDS URL WORDS"),
}

ADDRESSES = [
    "/reconcile?queries=%7B%22q%22%3A%7B%22query%22%3A%22URL%22%7D%7D",
    "/reconcile?extend=%7B%22ids%22%3A%5B%22URL%22%5D%2C%22properties%22%3A%5B%7B%22id%22%3A%22URL%22%7D%5D%7D",
    "/reconcile/preview?id=URL",
    "/reconcile/suggest/entity?prefix=URL",
    "/reconcile/properties?type=URL",
    "/api/search?q=URL",
    "/search?q=URL",
    "/graphs?graph=URL",
    "/api/queries/post-holders-on-day?organ=URL&day=2022-04-05",
    "/queries/post-holders-on-day?organ=URL&day=2022-04-05",
    "/doc/URL",
    "/id/URL",
    "/openapi.json?url=URL&server=URL",
    "/sparql?endpoint=URL",
    "/?next=URL",
]
