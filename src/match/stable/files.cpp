// files.cpp — preferences by name into a market, and what is stable back into names.
#include <map>

#include <fmt/format.h>

#include "api/files.h"
#include "api/words.h"
#include "match/engine/stable.h"
#include "match/stable/stable.h"
#include "json/json.h"

namespace greenbank::match {

namespace {

using Places = std::map<std::string, std::size_t>;

Places places_of(const std::vector<PreferenceRow>& rows) {
    Places places;
    for (std::size_t i = 0; i < rows.size(); ++i) places.emplace(rows[i].id, i);
    return places;
}

/// Worths fall from class to class of equally welcome ones: minus the rank.
std::vector<StableParticipant> side_of(const std::vector<PreferenceRow>& rows, const Places& other, const char* name, Problems& problems) {
    std::vector<StableParticipant> side;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        StableParticipant one{rows[i].id, static_cast<std::size_t>(rows[i].quota), {}};
        for (std::size_t k = 0; k < rows[i].prefers.size(); ++k)
            for (const std::string_view part : split(rows[i].prefers[k], '=')) {
                const std::string id(trim(part));
                const auto found = other.find(id);
                if (found != other.end()) one.choices.push_back({found->second, -static_cast<std::int64_t>(k + 1)});
                else if (problems.size() < 100)
                    problems.push_back({fmt::format("{}[{}].prefers[{}]", name, i, k), "stable.unknown_name", "Nobody on the other side is called {name}.",
                        {{"name", id.substr(0, 60)}}});
            }
        side.push_back(std::move(one));
    }
    return side;
}

std::int64_t rank_of(const StableParticipant& one, std::size_t with) {
    for (const StableChoice& choice : one.choices)
        if (choice.with == with) return -choice.worth;
    return 0;
}

std::vector<std::string> with_room(const std::vector<StableParticipant>& side, const std::vector<std::size_t>& has) {
    std::vector<std::string> open;
    for (std::size_t i = 0; i < side.size(); ++i)
        if (has[i] < side[i].quota) open.push_back(side[i].id);
    return open;
}

} // namespace

Result<StableFile> match_stably(const PreferenceFile& file, std::int64_t seed) {
    Problems problems;
    const Places proposing = places_of(file.proposing), receiving = places_of(file.receiving);
    const StableMarket market{side_of(file.proposing, receiving, "proposing", problems), side_of(file.receiving, proposing, "receiving", problems)};
    if (auto sound = check(market); !sound)
        for (Problem& problem : sound.error().problems) problems.push_back(std::move(problem));
    if (!problems.empty()) return invalid(std::move(problems));
    const StableMatching matching = match_stably(market, static_cast<std::uint64_t>(seed));
    StableFile made{.proposals = static_cast<std::int64_t>(matching.proposals),
        .seed = seed,
        .blocking_pairs = static_cast<std::int64_t>(blocking_pairs(market, matching.pairs).size())};
    std::vector<std::size_t> left(market.proposing.size()), right(market.receiving.size());
    for (const auto& [i, j] : matching.pairs) {
        ++left[i], ++right[j];
        made.pairs.push_back({market.proposing[i].id, market.receiving[j].id, rank_of(market.proposing[i], j), rank_of(market.receiving[j], i)});
    }
    made.proposing_open = with_room(market.proposing, left);
    made.receiving_open = with_room(market.receiving, right);
    return made;
}

struct StableOptions {
    std::string in = "-";
    std::int64_t seed = 0;
};
Record describe(const StableOptions*) {
    return {"match_stable_options", "Whose preferences, and how ties are broken.",
        {field<&StableOptions::in>("in", "Preferences of both sides, a JSON file; - reads standard input.", {.min = 1, .defaulted = true}),
            field<&StableOptions::seed>("seed", "The seed of the lottery that breaks ties; 0: by name.", {.min = 0, .max = 1e15, .defaulted = true})}};
}

static Result<int> run_stable(const StableOptions& options, Console& console) {
    auto file = from_json<PreferenceFile>(TRY(read_file(options.in)));
    if (!file) return std::move(file.error());
    const StableFile made = TRY(match_stably(file.value(), options.seed));
    if (console.json) return console.out(indented(to_json(made)) + "\n"), 0;
    std::string out;
    for (const MatchedPair& pair : made.pairs)
        out += fmt::format("{} — {}  ({} / {})\n", pair.proposing, pair.receiving, pair.proposing_rank, pair.receiving_rank);
    out += fill_in(word("match.stable_done", console.language), {{"pairs", std::to_string(made.pairs.size())}, {"proposals", std::to_string(made.proposals)},
                                                                    {"blocking", std::to_string(made.blocking_pairs)}}) +
           "\n";
    console.out(out);
    return 0;
}

Command match_stable_command() { return command("match", "stable", "A stable matching out of both sides' preferences, from a file only.", run_stable); }

} // namespace greenbank::match
