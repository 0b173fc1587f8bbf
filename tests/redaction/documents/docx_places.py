"""The places of a .docx: importing this module fills ``rich_docx.PLACES``."""

from __future__ import annotations

from tests.redaction.documents.rich_docx import (
    DRAWING,
    NAME,
    NHS,
    PICTURE,
    PKG,
    WML,
    Files,
    R,
    W,
    body,
    into,
    p,
    part,
    place,
    png,
    relate,
)

SAID = f"{NAME}, NHS number {NHS}"


@place("text across runs")
def _runs(files: Files) -> None:
    body(
        files,
        "<w:p><w:r><w:t>We met Sio</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>bhan Ok</w:t></w:r>"
        "<w:r><w:rPr><w:i/></w:rPr><w:t xml:space='preserve'>onkwo, NHS number 943 4</w:t></w:r>"
        "<w:proofErr w:type='spellStart'/><w:r><w:t>76 5919 today.</w:t></w:r></w:p>",
    )


@place("table cell")
def _cell(files: Files) -> None:
    cells = "".join(f"<w:tc><w:tcPr><w:tcW w:w='4000' w:type='dxa'/></w:tcPr>{p(t)}</w:tc>" for t in ("Mother", SAID))
    body(files, f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>{cells}</w:tr></w:tbl>")


@place("table caption")
def _caption(files: Files) -> None:
    body(
        files,
        f"<w:tbl><w:tblPr><w:tblCaption w:val='{NAME}'/><w:tblDescription w:val='{SAID}'/></w:tblPr><w:tblGrid><w:gridCol/>"
        f"</w:tblGrid><w:tr><w:tc>{p('x')}</w:tc></w:tr></w:tbl>",
    )


@place("header")
def _header(files: Files) -> None:
    into(files, _named(files, "header"), "</w:hdr>", p(SAID))


@place("footer")
def _footer(files: Files) -> None:
    into(files, _named(files, "footer"), "</w:ftr>", p(SAID))


def _named(files: Files, start: str) -> str:
    return next(n for n in files if n.startswith(f"word/{start}") and n.endswith(".xml"))


@place("footnote")
def _footnote(files: Files) -> None:
    xml = f'<w:footnotes {W}><w:footnote w:id="1">{p(SAID)}</w:footnote></w:footnotes>'
    part(files, "word/footnotes.xml", xml, "footnotes", WML + "footnotes+xml")
    body(files, '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>')


@place("endnote")
def _endnote(files: Files) -> None:
    xml = f'<w:endnotes {W}><w:endnote w:id="1">{p(SAID)}</w:endnote></w:endnotes>'
    part(files, "word/endnotes.xml", xml, "endnotes", WML + "endnotes+xml")
    body(files, '<w:p><w:r><w:endnoteReference w:id="1"/></w:r></w:p>')


@place("comment and its author")
def _comment(files: Files) -> None:
    xml = (
        f'<w:comments {W}><w:comment w:id="1" w:author="{NAME}" w:initials="SO" w:date="2026-03-02T10:00:00Z">'
        f"{p('Please ring ' + SAID)}</w:comment></w:comments>"
    )
    files.pop("word/comments.xml", None)
    part(files, "word/comments.xml", xml, "comments", WML + "comments+xml")
    body(
        files,
        '<w:p><w:commentRangeStart w:id="1"/><w:r><w:t>Noted.</w:t></w:r><w:commentRangeEnd w:id="1"/>'
        '<w:r><w:commentReference w:id="1"/></w:r></w:p>',
    )


@place("list of people")
def _people(files: Files) -> None:
    xml = (
        '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:person w15:author="'
        f'{NAME}"><w15:presenceInfo w15:providerId="AD" w15:userId="S::s.okonkwo@example.org::1"/></w15:person></w15:people>'
    )
    kind = "http://schemas.microsoft.com/office/2011/relationships/people"
    part(files, "word/people.xml", xml, kind, WML + "people+xml")


@place("deleted text")
def _deleted(files: Files) -> None:
    body(
        files,
        f'<w:p><w:r><w:t>She </w:t></w:r><w:del w:id="5" w:author="{NAME}"><w:r><w:delText>{SAID} </w:delText></w:r></w:del>'
        f'<w:ins w:id="6" w:author="{NAME}"><w:r><w:t>was well.</w:t></w:r></w:ins></w:p>',
    )


@place("moved text and old formatting")
def _moved(files: Files) -> None:
    body(
        files,
        f'<w:p><w:moveFromRangeStart w:id="8" w:author="{NAME}" w:name="m1"/><w:moveFrom w:id="9" w:author="{NAME}"><w:r><w:t>'
        f'{SAID}</w:t></w:r></w:moveFrom><w:moveFromRangeEnd w:id="8"/><w:r><w:rPr><w:b/><w:rPrChange w:id="10" '
        f'w:author="{NAME}"><w:rPr/></w:rPrChange></w:rPr><w:t>Kept words.</w:t></w:r></w:p>',
    )


@place("core properties")
def _core(files: Files) -> None:
    into(
        files,
        "docProps/core.xml",
        "</cp:coreProperties>",
        f"<cp:lastModifiedBy>{NAME}</cp:lastModifiedBy><cp:contentStatus>{SAID}</cp:contentStatus>",
    )


@place("application properties")
def _app(files: Files) -> None:
    xml = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Words>12</Words>'
        f"<Manager>{NAME}</Manager><Company>{NAME} Ltd</Company><HyperlinkBase>file:///c:/{NAME}</HyperlinkBase></Properties>"
    )
    files["docProps/app.xml"] = xml.encode()


@place("custom properties")
def _custom(files: Files) -> None:
    xml = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property '
        f'fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="Client"><vt:lpwstr>{SAID}</vt:lpwstr></property>'
        "</Properties>"
    )
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    part(files, "docProps/custom.xml", xml, "custom-properties", kind, source="")


@place("link target")
def _link(files: Files) -> None:
    rid = relate(files, "hyperlink", "mailto:s.okonkwo@example.org?subject=9434765919", external=True)
    other = relate(files, "hyperlink", "https://example.org/people/SiobhanOkonkwo/", external=True)
    body(
        files,
        f'<w:p><w:hyperlink {R} r:id="{rid}" w:tooltip="{NAME}"><w:r><w:t>write</w:t></w:r></w:hyperlink>'
        f'<w:hyperlink {R} r:id="{other}"><w:r><w:t>page</w:t></w:r></w:hyperlink></w:p>',
    )


@place("alternative text")
def _alt(files: Files) -> None:
    rid = part(files, "word/media/okonkwo.png", png(SAID), "image", "image/png")
    graphic = PICTURE.format(name="siobhan_okonkwo.png", rid=rid)
    body(files, DRAWING.format(name="siobhan_okonkwo.png", descr=f"Photo of {SAID}", title=NAME, graphic=graphic))


@place("drawing that holds words")
def _emf(files: Files) -> None:
    rid = part(files, "word/media/chart.emf", b"\x01\x00\x00\x00" + SAID.encode("utf-16-le"), "image", "image/x-emf")
    body(files, DRAWING.format(name="x", descr="", title="", graphic=PICTURE.format(name="x", rid=rid)))


@place("text box")
def _box(files: Files) -> None:
    body(
        files,
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
        'Requires="wps"><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing"><wp:extent cx="9525" cy="9525"/><wp:docPr id="3" name="Box"/><a:graphic xmlns:a="'
        'http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.microsoft.com/office/word/'
        '2010/wordprocessingShape"><wps:wsp xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:txbx><w:txbxContent>{p(SAID)}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline>"
        '</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="SiobhanOkonkwo" '
        f'alt="{NAME}"><v:textbox><w:txbxContent>{p(SAID)}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>'
        "</mc:AlternateContent></w:r></w:p>",
    )


@place("watermark")
def _watermark(files: Files) -> None:
    into(
        files,
        _named(files, "header"),
        "</w:hdr>",
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="_x0000_s1025"><v:textpath '
        f'string="{SAID}"/></v:shape></w:pict></w:r></w:p>',
    )


@place("content control")
def _control(files: Files) -> None:
    body(
        files,
        f'<w:sdt><w:sdtPr><w:alias w:val="{NAME}"/><w:tag w:val="SiobhanOkonkwo"/><w:dataBinding w:xpath="/x/okonkwo" '
        f'w:storeItemID="{{1}}"/><w:comboBox w:lastValue="{NAME}"><w:listItem w:displayText="{NAME}" w:value="{NHS}"/>'
        f"</w:comboBox></w:sdtPr><w:sdtContent>{p(SAID)}</w:sdtContent></w:sdt>",
    )


@place("bookmark")
def _bookmark(files: Files) -> None:
    body(
        files,
        '<w:p><w:bookmarkStart w:id="4" w:name="SiobhanOkonkwo_9434765919"/><w:r><w:t>Here</w:t></w:r><w:bookmarkEnd '
        'w:id="4"/><w:hyperlink w:anchor="SiobhanOkonkwo_9434765919"><w:r><w:t>there</w:t></w:r></w:hyperlink></w:p>',
    )


@place("field code")
def _field(files: Files) -> None:
    def field(code: str, result: str) -> str:
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar '
            f'w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    link = field('HYPERLINK "mailto:s.okonkwo@example.org"', "write to her")
    merge = field("MERGEFIELD SiobhanOkonkwo", SAID)
    author = f'<w:fldSimple w:instr="AUTHOR {NAME}"><w:r><w:t>{NAME}</w:t></w:r></w:fldSimple>'
    page = field(" PAGE  \\* MERGEFORMAT ", "1")
    gap = "<w:r><w:t xml:space='preserve'> and </w:t></w:r>"
    body(files, f"<w:p>{link}{gap}{merge}{gap}{author}{gap}{page}</w:p>")


@place("form field")
def _form(files: Files) -> None:
    body(
        files,
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="okonkwo"/><w:statusText w:val="{SAID}"/><w:ddList>'
        f'<w:result w:val="1"/><w:listEntry w:val="nobody"/><w:listEntry w:val="{NAME}"/></w:ddList></w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    )


@place("mail merge and template")
def _merge(files: Files) -> None:
    rid = relate(files, "mailMergeSource", "file:///c:/okonkwo.csv", source="word/settings.xml", external=True)
    template = relate(files, "attachedTemplate", "file:///c:/okonkwo.dotx", source="word/settings.xml", external=True)
    into(
        files,
        "word/settings.xml",
        "</w:settings>",
        f'<w:mailMerge {R}><w:query w:val="select {NAME}"/><w:dataSource r:id="{rid}"/></w:mailMerge>'
        f'<w:attachedTemplate {R} r:id="{template}"/>',
    )


@place("document variable")
def _variable(files: Files) -> None:
    xml = f'<w:docVars><w:docVar w:name="Client" w:val="{SAID}"/></w:docVars>'
    into(files, "word/settings.xml", "</w:settings>", xml)


@place("chart")
def _chart(files: Files) -> None:
    xml = f'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:v>{SAID}</c:v></c:chartSpace>'
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    rid = part(files, "word/charts/chart1.xml", xml, "chart", kind)
    graphic = (
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.'
        f'openxmlformats.org/drawingml/2006/chart" {R} r:id="{rid}"/></a:graphicData>'
    )
    body(files, DRAWING.format(name="Chart", descr="", title="", graphic=graphic))


@place("embedded object")
def _object(files: Files) -> None:
    rid = part(files, "word/embeddings/okonkwo.bin", SAID.encode("utf-16-le"), "oleObject", "application/x-ole")
    body(
        files,
        '<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" '
        f'ProgID="Excel.Sheet" ShapeID="x" {R} r:id="{rid}"/></w:object></w:r></w:p>',
    )


@place("embedded document")
def _chunk(files: Files) -> None:
    rid = part(files, "word/afchunk.html", f"<p>{SAID}</p>", "aFChunk", "text/html")
    body(files, f'<w:altChunk {R} r:id="{rid}"/>')


@place("preview picture")
def _thumbnail(files: Files) -> None:
    part(files, "docProps/thumbnail2.png", png(SAID), PKG + "metadata/thumbnail", "image/png", source="")


@place("custom XML")
def _custom_xml(files: Files) -> None:
    part(files, "customXml/item9.xml", f"<client><name>{SAID}</name></client>", "customXml", "application/xml")
    body(
        files,
        f'<w:customXml w:uri="urn:okonkwo" w:element="client"><w:customXmlPr><w:attr w:name="n" w:val="{NAME}"/></w:customXmlPr>'
        f'{p("inside")}</w:customXml><w:p><w:smartTag w:uri="urn:x" w:element="PersonName"><w:smartTagPr><w:attr w:name="g" '
        f'w:val="{NAME}"/></w:smartTagPr><w:r><w:t>tagged</w:t></w:r></w:smartTag></w:p>',
    )


@place("building blocks")
def _glossary(files: Files) -> None:
    xml = f"<w:glossaryDocument {W}><w:docParts><w:docPart><w:docPartBody>{p(SAID)}</w:docPartBody></w:docPart></w:docParts>"
    part(files, "word/glossary/document.xml", xml + "</w:glossaryDocument>", "glossaryDocument", WML + "document.glossary+xml")


@place("style name")
def _style(files: Files) -> None:
    named = '<w:name w:val="Siobhan Okonkwo letter"/>'
    xml = f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="SiobhanOkonkwo">{named}</w:style>'
    into(files, "word/styles.xml", "</w:styles>", xml)
    body(files, p("Styled.", '<w:pPr><w:pStyle w:val="SiobhanOkonkwo"/></w:pPr>'))


@place("editing rights")
def _rights(files: Files) -> None:
    body(
        files,
        '<w:p><w:permStart w:id="3" w:ed="s.okonkwo@example.org"/><w:r><w:t>May be edited.</w:t></w:r>'
        '<w:permEnd w:id="3"/></w:p>',
    )


@place("theme name")
def _theme(files: Files) -> None:
    name = next(n for n in files if "theme/theme" in n)
    files[name] = files[name].replace(b'name="Office Theme"', f'name="{NAME}"'.encode())


@place("XML comment")
def _xml_comment(files: Files) -> None:
    body(files, f"<!-- {SAID} --><?note {SAID}?>")


@place("file that nothing refers to")
def _orphan(files: Files) -> None:
    files["word/okonkwo.xml"] = f"<x>{SAID}</x>".encode()


@place("equation")
def _equation(files: Files) -> None:
    body(
        files,
        '<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>'
        f"{SAID}</m:t></m:r></m:oMath></w:p>",
    )
