// find.cpp — asks each list with a name as its own endpoint would be asked, with the caller's rights.
#include "api/find.h"

#include <algorithm>
#include <memory>

#include "api/call.h"
#include "api/list_words.h"
#include "json/value_tree.h"

namespace greenbank {

namespace {

constexpr std::int64_t rows_of_a_list_max = 3;

struct FindRequest {
    std::string text;
    std::int64_t limit = 12;
};
Record describe(const FindRequest*) {
    return {"find_request", "What is looked for.",
        {
            field<&FindRequest::text>("text", "Words of its name or number.", {.min = 1, .max = list_text_characters_max}),
            field<&FindRequest::limit>("limit", "How many at most.", {.min = 1, .max = 50, .defaulted = true}),
        }};
}

struct FoundRow {
    std::string kind, row;
    Text title;
};
Record describe(const FoundRow*) {
    return {"found_row", "A row of some list.",
        {
            field<&FoundRow::kind>("kind", "Its record."),
            field<&FoundRow::row>("row", "Its id."),
            field<&FoundRow::title>("title", "What it is called."),
        }};
}

/// A list of every room that can be asked for a name.
struct NamedList {
    Right right;
    const Record* record;
    std::function<Result<InTransaction>(const Request&)> prepare;
};

std::vector<NamedList> named_lists(const std::vector<Slice>& slices, const std::vector<std::string_view>& elsewhere) {
    std::vector<NamedList> lists;
    for (const Slice& slice : slices)
        for (const Endpoint& endpoint : slice.endpoints) {
            const Handler& handler = endpoint.handler;
            if (!handler.paged || !handler.prepare_transaction || endpoint.mode != Mode::read || endpoint.path.find('{') != std::string_view::npos) continue;
            const Record& record = handler.listed();
            const bool known = std::any_of(lists.begin(), lists.end(), [&](const NamedList& one) { return one.record == &record; }) ||
                               std::find(elsewhere.begin(), elsewhere.end(), record.name) != elsewhere.end();
            if (!known && record.find("id") && has_words(record)) lists.push_back({endpoint.right, &record, handler.prepare_transaction});
        }
    return lists;
}

/// What a row is called: its first field with words that is filled.
Text title_of(const NamedList& list, const ValueTree& row) {
    for (const Field* field : fields_with_words(*list.record)) {
        const ValueTree* found = row.find(field->name);
        if (!found || found->plain == "null") continue;
        Text title;
        if (field->type->kind == Kind::localized) {
            if (read_json_value(to_json(*found), TypeOf<Text>::type, &title, {.stored = true}) && !title.empty()) return title;
        } else if (std::string text; read_json_value(to_json(*found), TypeOf<std::string>::type, &text, {.stored = true}) && !text.empty()) {
            title.en = text;
            return title;
        }
    }
    return {};
}

Result<Page<FoundRow>> find(const std::vector<NamedList>& lists, Transaction& transaction, const Caller& caller, const FindRequest& asked) {
    Page<FoundRow> page;
    const auto most = static_cast<std::size_t>(asked.limit);
    for (const NamedList& list : lists) {
        if (page.items.size() == most) break;
        if (!allow(caller, list.right)) continue;
        const auto answer = TRY(
            list.prepare({.path_values = {}, .query = {{"text", asked.text}, {"limit", std::to_string(rows_of_a_list_max)}}, .body = {}, .content_type = {}}))(
            transaction, caller);
        if (!answer) { // a list that is not for this caller at all
            if (answer.error().kind == Failure::forbidden || answer.error().kind == Failure::unauthenticated || answer.error().kind == Failure::not_found)
                continue;
            return answer.error();
        }
        const ValueTree tree = TRY(read_value_tree(answer.value().body));
        const ValueTree* items = tree.find("items");
        if (!items) continue;
        for (const ValueTree& row : items->items) {
            const ValueTree* id = row.find("id");
            if (!id || page.items.size() == most) continue;
            FoundRow found{.kind = std::string(list.record->name), .row = {}, .title = title_of(list, row)};
            if (read_json_value(to_json(*id), TypeOf<std::string>::type, &found.row, {.stored = true})) page.items.push_back(std::move(found));
        }
    }
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

} // namespace

Slice find_slice(const std::vector<Slice>& slices, std::vector<std::string_view> elsewhere) {
    const auto lists = std::make_shared<const std::vector<NamedList>>(named_lists(slices, elsewhere));
    return {
        .name = "find",
        .migrations = {},
        .records = {},
        .rights = {},
        .endpoints =
            {
                {"find", Method::get, "/find", "Rows of every list by their name.", Mode::read, open_to_all,
                    call([lists](
                             Transaction& transaction, const Caller& caller, const FindRequest& asked) { return find(*lists, transaction, caller, asked); })},
            },
    };
}

} // namespace greenbank
