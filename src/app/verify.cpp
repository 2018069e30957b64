// verify.cpp — running the checks, saying how far they are, printing what they found.
#include "app/verify.h"

#include <chrono>

#include <fmt/format.h>

#include "api/check.h"
#include "api/words.h"
#include "app/bank.h"
#include "json/json.h"

namespace greenbank::app {

namespace {

std::string doc_of(const CheckOutcome& outcome, Language language) {
    const Text* found = find_word("check." + outcome.name);
    return found ? found->best(language) : outcome.doc;
}

std::string to_json(const std::vector<CheckOutcome>& outcomes, Language language) {
    bool ok = true;
    for (const CheckOutcome& outcome : outcomes) ok = ok && outcome.found == 0;
    JsonWriter json;
    json.begin_object().member("ok", ok).key("checks").begin_list();
    for (const CheckOutcome& outcome : outcomes) {
        json.begin_object()
            .member("name", outcome.name)
            .member("doc", doc_of(outcome, language))
            .member("examined", outcome.examined)
            .member("found", outcome.found)
            .key("problems")
            .begin_list();
        for (const Problem& problem : outcome.problems)
            json.begin_object()
                .member("place", problem.field)
                .member("code", problem.code)
                .member("message", sentence(problem.code, problem.message, problem.parameters, language))
                .end_object();
        json.end_list().end_object();
    }
    json.end_list().end_object();
    return json.take() + "\n";
}

/// Every two seconds a line on what is being looked at.
CheckProgress progress() {
    return [told = std::chrono::steady_clock::now()](std::string_view check, std::int64_t done, std::int64_t total) mutable {
        const auto now = std::chrono::steady_clock::now();
        if (now - told < std::chrono::seconds(2)) return;
        told = now;
        fmt::print(stderr, "{}: {}{}\n", check, done, total > 0 ? fmt::format(" / {}", total) : "");
    };
}

int failed(const Error& error, Language language) {
    fmt::print(stderr, "{}\n", sentence(error.code, error.message, error.parameters, language));
    return 1;
}

} // namespace

int verify(const Settings& settings, Language language, bool json) {
    auto store = open_existing_store(settings);
    if (!store) return failed(store.error(), language);
    std::vector<const Record*> records;
    std::vector<Check> checks;
    for (const Slice& slice : slices_without_a_bank()) {
        records.insert(records.end(), slice.records.begin(), slice.records.end());
        checks.insert(checks.end(), slice.checks.begin(), slice.checks.end());
    }
    checks.insert(checks.begin(), reference_check(records));
    auto ran = run_checks(*store.value(), checks, progress());
    if (!ran) return failed(ran.error(), language);

    bool ok = true;
    for (const CheckOutcome& outcome : ran.value()) {
        ok = ok && outcome.found == 0;
        if (json) continue;
        fmt::print("{:<4} {} ({})\n", outcome.found == 0 ? "ok" : "BAD", doc_of(outcome, language), outcome.examined);
        for (const Problem& problem : outcome.problems)
            fmt::print("     {}: {}\n", problem.field, sentence(problem.code, problem.message, problem.parameters, language));
        if (outcome.found > static_cast<std::int64_t>(outcome.problems.size())) fmt::print("     … {}\n", outcome.found);
    }
    if (json) fmt::print("{}", to_json(ran.value(), language));
    return ok ? 0 : 1;
}

} // namespace greenbank::app
