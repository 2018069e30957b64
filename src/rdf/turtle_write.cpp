// turtle_write.cpp — graphs to Turtle.
#include <algorithm>

#include <fmt/format.h>

#include "rdf/names.h"
#include "rdf/turtle.h"
#include "rdf/vocabulary.h"
#include "xml/characters.h"

namespace greenbank::rdf {

namespace {

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const std::string_view before = text;
        const char32_t c = xml::next_character(text);
        if (c == xml::no_character) continue;
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            if (c < 0x20 || c == 0x7F) out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
            else out += before.substr(0, before.size() - text.size());
        }
    }
    out += '"';
}

/// Productions 19 to 21 and 133: these need no quotes.
bool is_short(const Term& literal) {
    std::string_view text = literal.value;
    if (literal.datatype == xsd("boolean")) return text == "true" || text == "false";
    const auto digits = [&] {
        const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
        text.remove_prefix(count);
        return count;
    };
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
    const std::size_t whole = digits();
    if (literal.datatype == xsd("integer")) return whole > 0 && text.empty();
    if (literal.datatype != xsd("decimal") || !text.starts_with('.')) return false;
    text.remove_prefix(1);
    return digits() > 0 && text.empty();
}

class TurtleWriter {
public:
    explicit TurtleWriter(const Graph& graph) : names_(graph.prefixes) {}

    std::string write(const std::vector<Statement>& statements) {
        const Statement* last = nullptr;
        for (const Statement& triple : statements) {
            const bool same_subject = last && last->subject == triple.subject;
            if (same_subject && last->predicate == triple.predicate) {
                out_ += ", ";
            } else {
                if (last) out_ += same_subject ? " ;\n    " : " .\n\n";
                if (!same_subject) append(*triple.subject), out_ += ' ';
                if (triple.predicate->value == type_) out_ += 'a';
                else append(*triple.predicate);
                out_ += ' ';
            }
            append(*triple.object);
            last = &triple;
        }
        if (last) out_ += " .\n";
        std::string head;
        for (const auto& [prefix, space] : names_.used()) head += fmt::format("@prefix {}: <{}> .\n", prefix, space);
        return head + (head.empty() || out_.empty() ? "" : "\n") + out_;
    }

private:
    void append_iri(std::string_view iri) {
        if (const auto name = names_.shorten(iri)) out_ += *name;
        else ((out_ += '<') += iri) += '>';
    }

    void append(const Term& term) {
        if (term.kind == Term::Kind::iri) return append_iri(term.value);
        if (term.kind == Term::Kind::blank) {
            out_ += names_.blank(term);
            return;
        }
        if (is_short(term)) {
            out_ += term.value;
            return;
        }
        append_quoted(out_, term.value);
        if (!term.language.empty()) (out_ += '@') += term.language;
        else if (!term.datatype.empty()) out_ += "^^", append_iri(term.datatype);
    }

    Namer names_;
    const std::string type_ = rdf("type");
    std::string out_;
};

} // namespace

std::string write_turtle(const Graph& graph) {
    std::vector<Statement> statements = graph.statements();
    // Of each subject its types first, as everybody writes it.
    const std::string type = rdf("type");
    for (auto begin = statements.begin(); begin != statements.end();) {
        const auto end = std::find_if(begin, statements.end(), [&](const Statement& one) { return one.subject != begin->subject; });
        std::stable_partition(begin, end, [&](const Statement& one) { return one.predicate->value == type; });
        begin = end;
    }
    return TurtleWriter(graph).write(statements);
}

} // namespace greenbank::rdf
