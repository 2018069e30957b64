// files.cpp — files in, text out.
#include "match/files.h"

#include <set>

#include <fmt/format.h>

#include "api/files.h"
#include "match/speech.h"
#include "json/record_csv.h"

namespace greenbank::match {

namespace {

Error in_file(Error error, std::string code, std::string message) {
    if (error.problems.empty()) return error;
    return {error.kind, std::move(code), std::move(message), {}, std::move(error.problems)};
}

/// An entry of a file counts as published.
template <class T> Result<std::vector<T>> read_list(std::string_view text, bool is_csv, const std::string& code, const std::string& message) {
    const JsonOptions options{.accept_read_only = true};
    auto read = is_csv ? list_from_csv<T>(text, options) : list_from_json<T>(text, options);
    if (!read) return in_file(std::move(read.error()), code, message);
    std::set<std::string> ids;
    Problems problems;
    std::size_t row = 0;
    for (T& entry : read.value()) {
        ++row;
        if (entry.id.empty()) entry.id = Id<T>(fmt::format("{}_row_{:06}", T::id_prefix, row));
        entry.state = library::State::published;
        if (!ids.insert(entry.id.text).second)
            problems.push_back({fmt::format("{} {}: id", is_csv ? "row" : "entry", row), "match.duplicate", "The same id stands here twice."});
    }
    if (!problems.empty()) return in_file(invalid(std::move(problems)), code, message);
    return read;
}

Result<std::vector<library::Technology>> read_library(std::string_view text, bool is_csv) {
    return read_list<library::Technology>(text, is_csv, "match.library", "The library is not right; every faulty row and field is named.");
}

bool is_csv_text(std::string_view text) { return !trim(text).starts_with('['); }

// ---- text for people -------------------------------------------------------------------------------------------------

/// Columns on a terminal: Chinese characters and full-width signs take two.
std::size_t width_of(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xC0) == 0x80) continue;
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
        // U+1100–U+11FF Hangul, U+2E80–U+DFFF, U+F900–U+FAFF, U+FE30–U+FFFF roughly, and everything beyond the basic plane
        const bool wide = byte >= 0xF0 || (byte == 0xE2 && next >= 0xBA) || (byte >= 0xE3 && byte <= 0xED) || (byte == 0xEF && next >= 0xA4);
        width += wide ? 2 : 1;
    }
    return width;
}

/// One line, and nothing that steers a terminal.
std::string one_line(std::string_view text) {
    std::string out;
    for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    return out;
}

std::string padded(std::string text, std::size_t width) {
    const std::size_t taken = width_of(text);
    return taken < width ? text + std::string(width - taken, ' ') : text;
}

std::string percent(std::int64_t points) { return fmt::format("{:5.1f}", static_cast<double>(points) / 10'000); }

std::string to_table(const MatchList& list, const Speech& speech) {
    const Language language = speech.language;
    std::string out = one_line(speech.say("table.title", {{"need", list.need.title.best(language)}})) + "\n";
    out += speech.say("table.counts", {{"considered", std::to_string(list.considered)}, {"excluded", std::to_string(list.excluded)},
                                          {"edition", list.weights_edition}, {"status", speech.say("status." + list.weights_status)}}) +
           "\n\n";
    if (list.items.empty()) out += speech.say("table.nothing") + "\n";
    else {
        const std::string rank = speech.say("table.rank"), score = speech.say("table.score");
        out += fmt::format("{}  {}  {}\n", rank, score, speech.say("table.technology"));
        std::size_t label_width = 0;
        for (std::size_t i = 0; i < criterion_count; ++i)
            label_width = std::max(label_width, width_of(speech.choice("match_criterion", Choices<Criterion>::values[i])));
        std::size_t place = 0;
        for (const MatchItem& item : list.items) {
            out += fmt::format("{}  {}  {}  [{}]\n", padded(std::to_string(++place), width_of(rank)), padded(percent(item.score_points), width_of(score)),
                one_line(item.title.best(language)), item.technology.text);
            for (const MatchedCriterion& criterion : item.criteria)
                out += fmt::format("      {} {}/{}  {}\n", padded(speech.choice("match_criterion", name_of(criterion.criterion)), label_width),
                    percent(criterion.contribution_points), percent(criterion.weight_points), one_line(criterion.sentence));
        }
    }
    if (!list.excluded_by.empty()) {
        out += "\n" + speech.say("table.excluded") + "\n";
        for (const ExcludedCount& count : list.excluded_by) out += fmt::format("{:7}  {}\n", count.count, speech.choice("match_rule", name_of(count.rule)));
    }
    return out;
}

} // namespace

Result<std::vector<library::Technology>> read_technologies(std::string_view text) { return read_library(text, is_csv_text(text)); }
Result<std::vector<library::Need>> read_needs(std::string_view text) {
    return read_list<library::Need>(text, is_csv_text(text), "match.needs", "The needs are not right; every faulty row and field is named.");
}

Result<std::string> match_files(
    Matcher& matcher, std::string_view need_json, std::string_view library_text, bool library_is_csv, std::int64_t top, bool as_json, Language language) {
    auto need = from_json<library::Need>(need_json, {.accept_read_only = true});
    if (!need) return in_file(std::move(need.error()), "match.need", "The need is not right; every fault is named.");
    for (const library::Technology& technology : TRY(read_library(library_text, library_is_csv))) matcher.put(technology);
    const MatchList list = matcher.matches(need.value(), static_cast<std::size_t>(top), language);
    return as_json ? to_json(list) + "\n" : to_table(list, Speech(library::reference(), language));
}

Result<std::string> match_files(
    std::string_view need_json, std::string_view library_text, bool library_is_csv, std::int64_t top, bool as_json, Language language) {
    Matcher matcher(compiled_in_weights());
    return match_files(matcher, need_json, library_text, library_is_csv, top, as_json, language);
}

struct MatchOptions {
    std::string need, library;
    std::int64_t top = 20;
};
Record describe(const MatchOptions*) {
    return {"match_options", "What is matched.",
        {field<&MatchOptions::need>("need", "The need, a JSON file as the API has it; - reads standard input.", {.min = 1}),
            field<&MatchOptions::library>("library", "Technologies: CSV or a JSON list.", {.min = 1}),
            field<&MatchOptions::top>("top", "How many to show.", {.min = 1, .max = 1000, .defaulted = true})}};
}

static Result<int> run_match(const MatchOptions& options, Console& console) {
    const std::string need = TRY(read_file(options.need)), library = TRY(read_file(options.library));
    console.out(TRY(match_files(need, library, is_csv_text(library), options.top, console.json, console.language)));
    return 0;
}

Command match_command() { return command("match", "", "Match a need to technologies, from files only.", run_match); }

} // namespace greenbank::match
