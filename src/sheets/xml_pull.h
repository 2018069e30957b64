// xml_pull.h — the pieces of an XML text, one after another, from a stream of any length in one buffer (XML 1.0, fifth edition).
// Strict where it matters: elements must nest, entities are the five of XML and character references, a DTD is refused.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/result.h"

namespace greenbank::sheets {

class XmlPull {
public:
    enum class Token { start, end, text, finished, failed };
    /// Puts up to so many bytes into the place and says how many; 0 at the end.
    using Fill = std::function<Result<std::size_t>(char*, std::size_t)>;

    /// `part` is named in errors.
    XmlPull(std::string part, Fill fill);

    /// Views below hold until the next call. A long text comes in several pieces.
    Token next();
    /// After `start`: goes on to the `end` of this element.
    Token skip();
    /// The same without looking at what lies between, several times as fast; only for elements that never contain one of their own name.
    Token skip_unread();

    std::string_view name() const { return name_; } // of start and end, without the namespace's prefix
    std::size_t depth() const { return starts_.size(); }
    /// The value of an attribute that has no prefix, entities as they stand; "" where there is none.
    std::string_view attribute(std::string_view name) const;
    /// Adds the text to `out`. False where a character was one that XML does not know (a control character, a lone surrogate); U+FFFD stands for it.
    bool append_text(std::string& out);
    bool is_blank() const; // the text is white space
    const Error& error() const { return *error_; }

private:
    bool more(); // false where nothing can be added: the end of the stream, or the buffer is full
    bool have(std::size_t count);
    bool skip_past(std::string_view mark);
    Token fail(Error error);
    Token malformed();
    Token markup();
    Token start_tag();
    Token end_tag();
    Token text_piece();
    Token close_element();
    bool read_declaration();

    std::string part_;
    Fill fill_;
    std::unique_ptr<char[]> buffer_;
    char *at_, *end_;
    bool at_begin_ = true, ended_ = false, self_closed_ = false, in_cdata_ = false;
    std::string_view name_, text_;
    bool verbatim_ = false;
    std::vector<std::pair<std::string_view, std::string_view>> attributes_;
    std::string open_;                // qualified names of the open elements, one after another
    std::vector<std::size_t> starts_; // where each begins in open_
    std::string closed_name_;
    std::unique_ptr<Error> error_;
};

} // namespace greenbank::sheets
