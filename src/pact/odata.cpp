// odata.cpp — the part of OData's $filter that version 2 of PACT asks for: comparisons joined by "and", and any() of a list.
#include <fmt/format.h>

#include "pact/filters.h"
#include "pact/tree.h"

namespace greenbank::pact {

namespace {

class Reading {
public:
    explicit Reading(std::string_view text) : text_(text) {}

    Result<Criteria> all() {
        if (text_.size() > 4000) return bad_request("The $filter is too long.");
        do TRY(term(0));
        while (word("and"));
        skip();
        if (at_ != text_.size()) return fault();
        return std::move(criteria_);
    }

private:
    Error fault() const {
        return bad_request(fmt::format("The $filter cannot be read from character {} on; comparisons such as created ge '2026-01-01T00:00:00Z', joined by "
                                       "and, and productIds/any(productId:(productId eq 'urn:…')) are.",
            at_ + 1));
    }
    void skip() {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    }
    bool sign(char c) {
        skip();
        if (at_ == text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    std::string_view name() {
        skip();
        const std::size_t begin = at_;
        const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' || c == '_'; };
        while (at_ < text_.size() && fits(text_[at_])) ++at_;
        return text_.substr(begin, at_ - begin);
    }
    bool word(std::string_view wanted) {
        const std::size_t before = at_;
        if (small_letters(name()) == wanted) return true;
        at_ = before;
        return false;
    }
    Result<std::string> literal() {
        if (!sign('\'')) return fault();
        std::string value;
        while (at_ < text_.size()) {
            const char c = text_[at_++];
            if (c != '\'') value += c;
            else if (at_ < text_.size() && text_[at_] == '\'') value += text_[at_++]; // a doubled quote is one
            else return value;
        }
        return fault();
    }

    Result<Done> term(int depth) {
        if (depth > 8) return fault();
        if (sign('(')) {
            do TRY(term(depth + 1));
            while (word("and"));
            if (!sign(')')) return fault();
            return Done{};
        }
        std::string path(name());
        if (path.empty()) return fault();
        if (path.ends_with("/any")) { // productIds/any(productId:(productId eq '…'))
            if (!sign('(')) return fault();
            const std::string item(name());
            if (item.empty() || !sign(':')) return fault();
            const bool inner = sign('(');
            if (name() != item || !word("eq")) return fault();
            const std::string value = TRY(literal());
            if ((inner && !sign(')')) || !sign(')')) return fault();
            return compare(path.substr(0, path.size() - 4), "eq", value);
        }
        const std::string how = small_letters(name());
        return compare(path, how, TRY(literal()));
    }

    Result<Done> compare(const std::string& path, const std::string& how, const std::string& value) {
        if (path == "created" || path == "updated") {
            const auto time = read_time(value);
            if (!time) return bad_request(fmt::format("{} must be compared with a point in time such as '2026-11-20T00:00:00Z'.", path));
            std::optional<Time>* place = how == "ge"   ? &criteria_.created_from
                                         : how == "gt" ? &criteria_.created_after
                                         : how == "le" ? &criteria_.created_until
                                         : how == "lt" ? &criteria_.created_before
                                         : how == "eq" ? &criteria_.created_on
                                                       : nullptr;
            if (!place) return fault();
            *place = time;
            return Done{};
        }
        std::vector<std::string>* list = path == "productIds"                ? &criteria_.product_ids
                                         : path == "companyIds"              ? &criteria_.company_ids
                                         : path == "productCategoryCpc"      ? &criteria_.categories
                                         : path == "status"                  ? &criteria_.statuses
                                         : path.starts_with("pcf/geography") ? &criteria_.geographies
                                                                             : nullptr;
        if (!list) return bad_request(fmt::format("{} cannot be filtered by.", path.substr(0, 60)));
        if (how != "eq") return fault();
        const std::string small = small_letters(value);
        if (!list->empty() && list->front() != small) return bad_request(fmt::format("{} cannot be two things at once.", path));
        *list = {small};
        return Done{};
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Criteria criteria_;
};

} // namespace

Result<Criteria> read_odata(std::string_view filter) { return Reading(filter).all(); }

} // namespace greenbank::pact
