// read_test.cpp — what is read of XML, and what is refused.
#include <doctest/doctest.h>

#include "xml/read.h"

namespace greenbank::xml {
namespace {

/// An element in one line: {namespace}name[attributes] "text" (children)
std::string outline(const Element& element) {
    const auto named = [](std::string_view space, const std::string& name) { return (space.empty() ? "" : "{" + std::string(space) + "}") + name; };
    std::string out = named(element.space, element.name);
    for (const Attribute& one : element.attributes) out += "[" + named(one.space, one.name) + "=" + one.value + "]";
    if (!element.text.empty()) out += "\"" + element.text + "\"";
    if (element.children.empty()) return out;
    out += "(";
    for (const Element& child : element.children) out += outline(child) + (&child == &element.children.back() ? ")" : " ");
    return out;
}

void check(std::string_view text, std::string_view expected, const Limits& limits = {}) {
    INFO(text.substr(0, 300));
    const auto document = read(text, limits);
    const std::string found = document ? outline(document.value().root) : document.error().code + " " + fill_in("line {line}", document.error().parameters);
    CHECK(found == expected);
}

std::string nested(int depth) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += "<a>";
    for (int i = 0; i < depth; ++i) text += "</a>";
    return text;
}

} // namespace

TEST_CASE("elements, attributes, text") {
    check("<a/>", "a");
    check("\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?><a x=\"1\" y='&lt;&#x6C34;'>b&amp;<![CDATA[<c>]]><!-- no --><?p no?>d</a>",
        "a[x=1][y=<水]\"b&<c>d\"");
    check("<a> <b/> </a>", "a\"  \"(b)");
    check("<a> </a>", "a\" \"");
    check("<a>x\r\ny</a>", "a\"x\ny\"");
}

TEST_CASE("namespaces") {
    check("<a xmlns='u'><b xmlns=''><c/></b><d e='1'/></a>", "{u}a(b(c) {u}d[e=1])");
    check("<p:a xmlns:p='u'><q:b xmlns:q='u' q:c='1'/><p:b xmlns:p='v'/><p:c/></p:a>", "{u}a({u}b[{u}c=1] {v}b {u}c)");
    check("<a xml:lang='zh'/>", "a[{http://www.w3.org/XML/1998/namespace}lang=zh]");
    check("<a>\n<p:b/></a>", "xml.prefix line 2");
    check("<a xmlns:p='u'><b xmlns:p=''><p:c/></b></a>", "xml.prefix line 1");
    check("<a p:b='1'/>", "xml.prefix line 1");
    check("<a xmlns:xml='u'/>", "xml.reserved line 1");
    check("<a xmlns:xmlns='u'/>", "xml.reserved line 1");
    check("<xmlns:a/>", "xml.prefix line 1");
}

TEST_CASE("what is no XML is refused with its line") {
    check("", "xml.syntax line 1");
    check("text", "xml.syntax line 1");
    check("<a>\n\n</b>", "xml.syntax line 3");
    check("<a>\n<b/>", "xml.syntax line 2");
    check("<a/>\n<b/>", "xml.roots line 2");
    check("<a x='1' x='2'/>", "xml.attribute line 1");
    check("<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>", "xml.attribute line 1");
    check("<a xmlns='u' xmlns='u'/>", "xml.attribute line 1");
    check("<a:b:c xmlns:a='u'/>", "xml.name line 1");
    check("<:a/>", "xml.name line 1");
    check("<a>\n\x01</a>", "xml.character line 2");
    check(std::string_view("<a>\0</a>", 8), "xml.character line 1");
    check("<a>\n<b>&#0;</b></a>", "xml.character line 2");
    check("<a b='&#xD800;'/>", "xml.character line 1");
    check("<a>\xEF\xBF\xBF</a>", "xml.character line 1");
    check("<a>\xE4</a>", "xml.encoding line {line}");
    check("<?xml version='1.0' encoding='GB18030'?><a>水</a>", "xml.encoding line {line}");
    check("<?xml version='1.0' encoding='ISO-8859-1'?><a>b</a>", "a\"b\"");
    check(std::string_view("<\0a\0/\0>\0", 8), "xml.character line 1"); // UTF-16
}

TEST_CASE("what could harm is refused") {
    check("<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>", "xml.doctype line {line}");
    check("<!DOCTYPE a><a/>", "xml.doctype line {line}");
    check("<a><!DOCTYPE a></a>", "xml.doctype line {line}");
    check("<a>&nbsp;</a>", "a\"&nbsp;\""); // not ours: stays as it is
    check(nested(64), outline(read(nested(64)).value().root));
    check(nested(65), "xml.depth line 1");
    check(nested(200'000), "xml.depth line 1");
    check("<a><b/><b/><b c='1'/></a>", "a(b b b[c=1])", {.nodes_max = 5});
    check("<a><b/><b/><b c='1'/></a>", "xml.too_many line 1", {.nodes_max = 4});
    check(nested(1000), "xml.too_many_tags line {line}", {.nodes_max = 10});
    check("<a>12345</a>", "xml.too_large line {line}", {.bytes_max = 11});
}

} // namespace greenbank::xml
