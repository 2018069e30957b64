// write.h — XML piece by piece: everything escaped, what XML 1.0 cannot hold left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace greenbank::xml {

/// Character data. Characters that XML 1.0 forbids and bytes that are no UTF-8 are dropped; a carriage return is written as
/// a reference, or readers would turn it into a line feed.
void append_text(std::string& out, std::string_view text);
/// The same between double quotes; tabs and line ends become references, or readers would turn them into blanks.
void append_attribute_value(std::string& out, std::string_view value);

/// Elements stand on lines of their own, two blanks a level; an element that has text is written exactly as it is.
class Writer {
public:
    /// Begins with the XML declaration.
    static Writer document();

    Writer& begin(std::string_view name);
    Writer& attribute(std::string_view name, std::string_view value); // directly after begin()
    Writer& text(std::string_view value);
    Writer& end();
    /// An element with nothing but text.
    Writer& element(std::string_view name, std::string_view value) { return begin(name).text(value).end(); }
    /// Sound XML of one element.
    Writer& raw(std::string_view xml);

    /// Every element must have been ended.
    std::string take();

private:
    void close_tag();
    void line();

    std::string out_;
    struct Open {
        std::string name;
        bool children = false;
        bool has_text = false;
    };
    std::vector<Open> open_;
    bool in_tag_ = false;
};

} // namespace greenbank::xml
