// clauses.cpp — reading and filling clauses.
#include "deals/engine/clauses.h"

#include <algorithm>

#include <fmt/format.h>

#include "kernel/csv.h"

namespace greenbank::deals {

namespace {

/// Calls `piece(text, is_place)` for what stands between places and for each place's name.
template <class Piece> void walk(std::string_view text, Piece piece) {
    while (!text.empty()) {
        const std::size_t open = text.find('{'), close = open == std::string_view::npos ? open : text.find('}', open);
        if (close == std::string_view::npos) return piece(text, false);
        if (open > 0) piece(text.substr(0, open), false);
        piece(text.substr(open + 1, close - open - 1), true);
        text.remove_prefix(close + 1);
    }
}

} // namespace

std::vector<std::string> places_of(std::string_view text) {
    std::vector<std::string> names;
    walk(text, [&](std::string_view piece, bool place) {
        if (place && std::find(names.begin(), names.end(), piece) == names.end()) names.emplace_back(piece);
    });
    return names;
}

FilledClause filled(const Clause& clause, Language language, const ClauseParameters& parameters) {
    FilledClause out{.key = clause.key, .title = clause.title.in(language), .body = {}, .missing = {}};
    walk(clause.body.in(language), [&](std::string_view piece, bool place) {
        const auto found = place ? parameters.find(piece) : parameters.end();
        if (!place) out.body += piece;
        else if (found != parameters.end() && !found->second.empty()) out.body += found->second;
        else {
            out.body += fmt::format("{{{}}}", piece);
            if (std::find(out.missing.begin(), out.missing.end(), piece) == out.missing.end()) out.missing.emplace_back(piece);
        }
    });
    return out;
}

Result<std::vector<Clause>> read_clauses(std::string_view csv) {
    const auto table = TRY(parse_csv(csv));
    std::vector<Clause> clauses;
    Problems problems;
    if (table.header.size() != 10)
        return invalid({{"header", "clause.columns", "A clause has ten columns: key, kinds, edition, status, and title and body in three languages."}});
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const auto& row = table.rows[i];
        const std::string at = fmt::format("line {}", table.lines[i]);
        const auto wrong = [&](const char* code, const char* message) { problems.push_back({at, code, message}); };
        Clause clause{.key = row[0], .kinds = 0, .edition = row[2], .status = row[3], .title = {row[4], row[5], row[6]}, .body = {row[7], row[8], row[9]}};
        for (const std::string_view name : split(row[1], ' ')) {
            if (name == "all") clause.kinds = ~0U;
            else if (const auto kind = parse_choice<ContractKind>(name)) clause.kinds |= bit_of(*kind);
            else wrong("clause.kind", "This kind of contract does not exist.");
        }
        for (const Clause& other : clauses)
            if (other.key == clause.key) wrong("clause.twice", "This key stands twice.");
        std::vector<std::string> names = places_of(clause.body.en);
        std::sort(names.begin(), names.end());
        for (const std::string* body : {&clause.body.zh, &clause.body.ru}) {
            std::vector<std::string> others = places_of(*body);
            std::sort(others.begin(), others.end());
            if (others != names) wrong("clause.places", "Every language must have the same places to fill.");
        }
        clauses.push_back(std::move(clause));
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return clauses;
}

} // namespace greenbank::deals
