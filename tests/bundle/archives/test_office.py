"""Word documents are read as text; what other documents are is said, and nothing is taken for a log."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arclogs.bundle.archives.office import text_of
from arclogs.model.coverage import Code
from tests.bundle.containers import read, zipped

OOXML = "http://schemas.openxmlformats.org"
ODF = b"<office:%b xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'>Error: boom"
TYPES = {"[Content_Types].xml": f'<Types xmlns="{OOXML}/package/2006/content-types"/>'.encode()}
STYLES = {"word/styles.xml": f'<w:styles xmlns:w="{OOXML}/x">Error: boom</w:styles>'.encode()}
LOG = "2026-09-17T10:04:20.1142210Z ##[error]Error: HttpError"


def document(*paragraphs: str) -> bytes:
    body = "".join(f'<w:p w:rsidR="1"><w:r><w:t>{p}</w:t></w:r></w:p>' for p in paragraphs)
    return f'<w:document xmlns:w="{OOXML}/x"><w:body>{body}</w:body></w:document>'.encode()


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<w:p><w:r><w:t>a</w:t></w:r></w:p><w:p/><w:p><w:t>b</w:t></w:p>", "a\nb\n"),
        ('<w:p><w:t xml:space="preserve">a  </w:t><w:t>b</w:t></w:p>', "a  b\n"),
        ("<w:p><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:p>", "a\nb\tc\n"),
        (
            "<w:p><w:t>run &apos;x&apos; &amp;&amp; y &lt;none&gt;</w:t></w:p>",
            "run 'x' && y <none>\n",
        ),
        ("<w:p><w:t/><w:instrText>PAGE</w:instrText><w:t>a</w:t></w:p>", "a\n"),
        ("<w:tc><w:p><w:t>a</w:t></w:p></w:tc><w:tc><w:p><w:t>b</w:t></w:p></w:tc>", "a\nb\n"),
        ("<w:p><w:t>never ends", ""),
    ],
)
def test_the_text_of_a_document(markup: str, text: str) -> None:
    assert text_of(markup) == text


@given(st.text('<>/wptbr: &;="x', max_size=60))
def test_any_markup_has_a_text(markup: str) -> None:
    assert len(text_of(markup)) <= len(markup)


@pytest.mark.parametrize("types_first", [True, False])
def test_of_a_word_document_the_text_is_a_member_and_the_markup_is_none(types_first: bool) -> None:
    parts = {**STYLES, "word/document.xml": document("Hello", LOG)}
    parts = {**TYPES, **parts} if types_first else {**parts, **TYPES}
    found = read(zipped(parts))
    assert found.members == {"document.txt": f"Hello\n{LOG}\n".encode()}
    assert found.notes == []


def test_what_is_embedded_is_read() -> None:
    parts = {**TYPES, "word/document.xml": document("see below"), "word/embeddings/a.log": b"x\n"}
    assert read(zipped(parts)).members["word/embeddings/a.log"] == b"x\n"


def test_a_zip_with_other_xml_is_a_zip() -> None:
    parts = {"a.log": b"x\n", "word/document.xml": b"<w:document>Error: boom</w:document>"}
    assert read(zipped(parts)).members == parts


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            zipped(
                {
                    **TYPES,
                    "xl/workbook.xml": f'<workbook xmlns="{OOXML}/s"/>'.encode(),
                    "xl/sharedStrings.xml": f'<sst xmlns="{OOXML}/s">boom</sst>'.encode(),
                }
            ),
            ".csv",
        ),
        (
            zipped({**TYPES, "ppt/p.xml": f'<p:presentation xmlns:p="{OOXML}/p"/>'.encode()}),
            "presentation",
        ),
        (
            zipped(
                {
                    "mimetype": b"application/vnd.oasis.opendocument.text",
                    "styles.xml": ODF % b"document-styles",
                    "content.xml": ODF % b"document-content",
                }
            ),
            "OpenDocument",
        ),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
        (rb"{\rtf1\ansi Error: boom\par}", "an RTF document"),
    ],
)
def test_other_documents_are_named_and_not_read(data: bytes, said: str) -> None:
    found = read(data)
    (note,) = found.notes
    assert (found.members, note.code) == ({}, Code.ARCHIVE_UNSUPPORTED)
    assert said in note.detail
