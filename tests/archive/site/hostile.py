"""More than fifty hostile originals: bytes, address and link title of each try to run as a page of ours."""

import io
import zipfile


def zipped(**members):
    """Return a ZIP with members; two underscores in a name stand for a slash, one for a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, words in members.items():
            package.writestr(name.replace("__", "/").replace("_", "."), words)
    return made.getvalue()


RUN = "alert(document.domain)"
TAGS = (
    f"<script>{RUN}</script>",
    f"<SCRIPT>{RUN}</SCRIPT>",
    f"<script src=data:text/javascript,{RUN}></script>",
    f"<script type=module>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<img src=x onerror='{RUN}'/>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><foreignObject><iframe onload={RUN}></iframe></foreignObject></svg>",
    f"<body onload={RUN}>",
    f"<iframe src='javascript:{RUN}'></iframe>",
    f"<iframe srcdoc='<script>{RUN}</script>'></iframe>",
    f"<object data='javascript:{RUN}'></object>",
    f"<embed src='javascript:{RUN}'>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}></audio>",
    f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}></select>",
    f"<textarea autofocus onfocus={RUN}></textarea>",
    f"<marquee onstart={RUN}>x</marquee>",
    f"<style onload={RUN}></style>",
    f"<link rel=stylesheet href=x onerror={RUN}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "<base href='http://evil.example/'>",
    "<link rel=stylesheet href='http://evil.example/x.css'>",
    "<style>@import 'http://evil.example/x.css';</style>",
    "<img src='http://evil.example/x.png'>",
    "<form action='http://evil.example/'><button autofocus>x</button></form>",
    f"<a href='javascript:{RUN}' autofocus>x</a>",
    f"<math><mtext><script>{RUN}</script></mtext></math>",
    f"<math href='javascript:{RUN}'>x</math>",
    f"<template><script>{RUN}</script></template><script>{RUN}</script>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'></noscript>",
    f"<!--><img src=x onerror={RUN}>-->",
    f"<![CDATA[><img src=x onerror={RUN}>]]>",
    f"'><script>{RUN}</script>",
    f'"><script>{RUN}</script>',
    f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f"{{{{ {RUN} }}}}{{% raw %}}<script>{RUN}</script>{{% endraw %}}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"＜script＞{RUN}＜/script＞<script>{RUN}</script>",
)
DOCUMENTS = (
    b"\xff\xfe" + f"<script>{RUN}</script>".encode("utf-16-le"),
    b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    f"GIF89a/*<svg onload={RUN}>*/=1;".encode(),
    f"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS({RUN})>>>>endobj\n%%EOF".encode(),
    f"%PDF-1.4<html><script>{RUN}</script>".encode(),
    b"PK\x03\x04" + f"<script>{RUN}</script>".encode(),
    f"<?xml version='1.0'?><?xml-stylesheet href='javascript:{RUN}'?><x/>".encode(),
    f"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='{RUN}'/>".encode(),
    f"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><script>{RUN}</script></html>".encode(),
    zipped(word__document_xml=f"<w:document><w:t>{TAGS[0]}</w:t></w:document>", index_html=TAGS[0]),
    zipped(word__document_xml="<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>"),
    zipped(xl__workbook_xml=TAGS[3], xl__sharedStrings_xml=f"<t>=HYPERLINK('javascript:{RUN}')</t>"),
    zipped(
        OFD_xml=f"<ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016'>{TAGS[6]}</ofd:OFD>", Doc__x_html=TAGS[0]
    ),
    b'{\\rtf1{\\field{\\*\\fldinst HYPERLINK "javascript:alert(1)"}}' + TAGS[0].encode() + b"}",
    b"\xff\xd8\xff\xe0\x00\x10JFIF" + TAGS[0].encode() + b"\xff\xd9",
    b"\x89PNG\r\n\x1a\n" + TAGS[6].encode(),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + TAGS[0].encode(),
    f"<?php echo 1 ?>#!/bin/sh\n<%= 7 %><script>{RUN}</script>".encode(),
    f"<svg xmlns='http://www.w3.org/2000/svg'><a href='javascript:{RUN}'><text>1</text></a></svg>".encode(),
    f"MIME-Version: 1.0\nContent-Type: text/html\n\n<script>{RUN}</script>".encode(),
)
ORIGINALS = tuple(f"<!doctype html><html>{tag}</html>".encode() for tag in TAGS) + DOCUMENTS
ADDRESSES = (
    f"javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"http://a.gov.cn/'\"><script>{RUN}</script>",
)
