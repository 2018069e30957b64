// read_fuzz.cpp — any bytes as XML; what is read holds only what XML allows.
#include "xml/characters.h"
#include "xml/read.h"

using namespace greenbank;

static void check(const xml::Element& element) {
    require(xml::is_name(element.name) && xml::is_text(element.text), "a name or a text that XML forbids came through");
    for (const xml::Attribute& one : element.attributes)
        require(xml::is_name(one.name) && xml::is_text(one.value), "an attribute that XML forbids came through");
    for (const xml::Element& child : element.children) check(child);
}

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    if (const auto document = xml::read({reinterpret_cast<const char*>(bytes), size})) check(document.value().root);
    return 0;
}
