"""A small graph for pages: one official with a post, one meeting at two sites, one directive with two titles."""

from pathlib import Path

from kg.model.changes import ChangeSet
from kg.namespaces import iri, sparql_prologue
from kg.read import load_rdf
from kg.store import open_graph

AGENT = iri("agent:bien-tap-vien")

FACTS = """
organ:ban-mau a bm:Organ , org:Organization ; rdfs:label "Ban Tuyên giáo Tỉnh ủy Mẫu"@vi ;
    bm:key "ban tuyen giao tinh uy mau" ;
    bm:kind organkind:PropagandaBoard ; bm:ladder ladder:Party ; bm:curatedBy agent:bien-tap-vien .
post:truong-ban-mau a bm:Post , org:Post ; rdfs:label "Trưởng Ban Tuyên giáo Tỉnh ủy Mẫu"@vi ;
    bm:key "truong ban tuyen giao tinh uy mau" ; bm:title "Trưởng Ban" ; bm:rank rank:Head ;
    bm:postType posttype:head ;
    org:postIn organ:ban-mau ; bm:curatedBy agent:bien-tap-vien .
person:dinh-thi-hoa-1 a bm:Person , foaf:Person ; rdfs:label "Đinh Thị Hòa"@vi ; foaf:name "Đinh Thị Hòa" ;
    skos:altLabel "Đinh Thị Hoà"@vi ; bm:key "dinh thi hoa" ; bm:curatedBy agent:bien-tap-vien .
tenure:hoa-truong-ban a bm:Tenure , org:Membership ;
    rdfs:label "Đinh Thị Hòa – Trưởng Ban Tuyên giáo Tỉnh ủy Mẫu"@vi ;
    org:member person:dinh-thi-hoa-1 ; bm:post post:truong-ban-mau ; org:organization organ:ban-mau ;
    bm:attestedOn "2022-04-05"^^xsd:date ; bm:endState endstate:unknown .
source:bao-mau a bm:Source , prov:Entity ; rdfs:label "Hội nghị giao ban ở Mẫu"@vi ;
    bm:textDigest "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" ; bm:textLength 200 ;
    dcterms:publisher "Báo Mẫu" ; dcterms:source "https://example.org/bao/1" .
evidence:hoa a bm:Evidence ; rdfs:label "bà Đinh Thị Hòa, Trưởng Ban"@vi ; bm:supports tenure:hoa-truong-ban ;
    bm:source source:bao-mau ; bm:start 0 ; bm:end 27 ; bm:quote "bà Đinh Thị Hòa, Trưởng Ban" ;
    bm:rule "title-before-name" ;
    bm:confidence confidence:high .
directive:12-qd-tu-mau a bm:Directive , prov:Entity ; rdfs:label "Quyết định 12-QĐ/TU"@vi ;
    bm:key "quyet dinh 12 qd tu" ;
    bm:symbol "12-QĐ/TU" ; bm:number 12 ; bm:documentType doctype:Decision ; bm:ladder ladder:Party ;
    bm:issuer organ:ban-mau ;
    bm:issuedOn "2021-03-02"^^xsd:date ; bm:year 2021 ; dcterms:title "Quy chế phối hợp"@vi ;
    bm:curatedBy agent:bien-tap-vien .
claim:ten-1 a bm:Claim ; rdfs:label "Quyết định 12-QĐ/TU: Quy chế phối hợp"@vi ; bm:about directive:12-qd-tu-mau ;
    bm:property dcterms:title ; bm:value "Quy chế phối hợp"@vi ; bm:curatedBy agent:bien-tap-vien .
claim:ten-2 a bm:Claim ; rdfs:label "Quyết định 12-QĐ/TU: Quy định phối hợp"@vi ; bm:about directive:12-qd-tu-mau ;
    bm:property dcterms:title ; bm:value "Quy định phối hợp"@vi ; bm:curatedBy agent:bien-tap-vien .
conflict:ten a bm:Conflict ; rdfs:label "Quyết định 12-QĐ/TU: tên"@vi ; bm:about directive:12-qd-tu-mau ;
    bm:property dcterms:title ; bm:claim claim:ten-1 , claim:ten-2 ; bm:state conflictstate:open ;
    bm:preferred claim:ten-1 ;
    bm:curatedBy agent:bien-tap-vien .
meeting:giao-ban-mau a bm:Meeting , prov:Activity ; rdfs:label "Hội nghị giao ban quý I"@vi ;
    bm:key "hoi nghi giao ban quy i" ;
    bm:form form:online ; bm:day "2022-04-05"^^xsd:date ; bm:convenedBy organ:ban-mau ;
    bm:disseminates directive:12-qd-tu-mau ;
    bm:curatedBy agent:bien-tap-vien .
site:giao-ban-mau-tinh a bm:Site ; rdfs:label "điểm cầu Tỉnh ủy"@vi ; bm:ofMeeting meeting:giao-ban-mau ;
    bm:curatedBy agent:bien-tap-vien .
site:giao-ban-mau-huyen a bm:Site ; rdfs:label "điểm cầu huyện"@vi ; bm:ofMeeting meeting:giao-ban-mau ;
    bm:curatedBy agent:bien-tap-vien .
participation:hoa-giao-ban a bm:Participation ; rdfs:label "Đinh Thị Hòa – Hội nghị giao ban quý I"@vi ;
    bm:meeting meeting:giao-ban-mau ; bm:participant person:dinh-thi-hoa-1 ; bm:site site:giao-ban-mau-tinh ;
    bm:role role:Attends , role:Directs ; bm:roleWording "dự và chỉ đạo" ; bm:inCapacityOf tenure:hoa-truong-ban ;
    bm:curatedBy agent:bien-tap-vien .
participation:nganh-giao-ban a bm:Participation ; rdfs:label "các ngành – Hội nghị giao ban quý I"@vi ;
    bm:meeting meeting:giao-ban-mau ; bm:participantWording "đại diện các ngành <script>alert(1)</script>" ;
    bm:role role:Attends ;
    bm:site site:giao-ban-mau-huyen ; bm:curatedBy agent:bien-tap-vien .
task:tuyen-truyen a bm:Task ; rdfs:label "tuyên truyền"@vi ; bm:wording "tuyên truyền bầu cử" ;
    bm:periodStart "2022-04-01"^^xsd:date ; bm:periodEnd "2022-07-01"^^xsd:date ; bm:setBy meeting:giao-ban-mau ;
    bm:curatedBy agent:bien-tap-vien .
"""


def submit_facts(data: Path) -> None:
    """Puts the facts through the door of a folder."""
    quads = load_rdf((sparql_prologue() + FACTS).encode(), "ttl")
    change = ChangeSet(frozenset(quads), frozenset(), AGENT, "Nhập dữ liệu mẫu", iri("source:bao-mau"))
    with open_graph(data, own=True) as graph:
        graph.submit(change, accept_warnings=True)
