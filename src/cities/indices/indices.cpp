// indices.cpp — indices entered, published, computed, tried with other weights, written as the files of `greenbank index compute`.
#include "cities/indices/indices.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "api/list.h"
#include "api/words.h"
#include "cities/index_csv.h"
#include "cities/indices/compute_index.h"
#include "cities/territories/territories.h"
#include "library/assessment/steps.h"
#include "parties/acting.h"

namespace greenbank::cities {

struct CityIndexKey {
    Id<CityIndex> id;
};
Record describe(const CityIndexKey*) { return {"city_index_key", "Names an index.", {field<&CityIndexKey::id>("id", "Its id.")}}; }

struct CityIndexView {
    CityIndex index;
    Text owner_name;
    std::optional<IndexResult> result;
    std::optional<std::string> fault;
    bool may_change = false, may_publish = false, may_withdraw = false;
};
Record describe(const CityIndexView*) {
    using V = CityIndexView;
    return {"city_index_view", "An index with its result, and what the caller may do with it.",
        {field<&V::index>("city_index", "It."), field<&V::owner_name>("owner_name", "Whose it is."), field<&V::result>("result", "What it comes to."),
            field<&V::fault>("fault", "Why there is no result."), field<&V::may_change>("may_change", "It may be changed."),
            field<&V::may_publish>("may_publish", "It may be published."), field<&V::may_withdraw>("may_withdraw", "It may be taken out of sight.")}};
}

struct TriedWeight {
    std::string code;
    double weight = 1;
};
Record describe(const TriedWeight*) {
    return {"tried_weight", "Another weight.",
        {field<&TriedWeight::code>("code", "Of which indicator or aggregate.", {.min = 1, .max = 60}),
            field<&TriedWeight::weight>("weight", "The weight.", {.min = 0, .max = 1e6})}};
}
struct IndexTrial {
    Id<CityIndex> id;
    std::vector<TriedWeight> weights;
    std::optional<Aggregation> aggregation;
    std::optional<Normalisation> normalisation;
    std::optional<double> weight_spread_percent;
};
Record describe(const IndexTrial*) {
    using T = IndexTrial;
    return {"index_trial", "The index with other choices; nothing is kept.",
        {field<&T::id>("id", "Which index."), field<&T::weights>("weights", "Weights in place of its own.", {.max = 100, .defaulted = true}),
            field<&T::aggregation>("aggregation", "Another aggregation."), field<&T::normalisation>("normalisation", "Another normalisation."),
            field<&T::weight_spread_percent>("weight_spread_percent", "How uncertain each weight is taken to be.", {.unit = "%", .min = 0, .max = 100})}};
}
struct GainsAsk {
    Id<CityIndex> id;
    std::string city;
    std::int64_t places = 5;
};
Record describe(const GainsAsk*) {
    return {"index_gains_ask", "Who wants to rise by how much.",
        {field<&GainsAsk::id>("id", "Which index."), field<&GainsAsk::city>("city", "The city's code.", {.min = 1, .max = 60}),
            field<&GainsAsk::places>("places", "How many places.", {.min = 1, .max = 300, .defaulted = true})}};
}
struct IndexSensitivities {
    std::vector<IndexSensitivity> factors;
};
Record describe(const IndexSensitivities*) {
    return {"index_sensitivities", "Which choices matter for the ranks.",
        {field<&IndexSensitivities::factors>("factors", "The one that matters most first.", {.max = 20})}};
}
struct IndexFileAsk {
    Id<CityIndex> id;
    std::string part;
};
Record describe(const IndexFileAsk*) {
    return {"index_file_ask", "Which file.",
        {field<&IndexFileAsk::id>("id", "Which index."), field<&IndexFileAsk::part>("part", "data, meta or recipe.", {.min = 1, .max = 10})}};
}

namespace {

constexpr std::int64_t samples = 1'000, sensitivity_base = 256;

Result<CityIndex> index_seen(Transaction& transaction, const Caller& caller, const Id<CityIndex>& id) {
    auto index = TRY(transaction.find_one<CityIndex>("id = $1", {id.text}));
    if (!index || (index->state != TerritoryState::published && !owns(caller, index->owner))) return not_found(record_of<CityIndex>(), id.text);
    return std::move(*index);
}
Result<CityIndex> index_to_change(Transaction& transaction, const Caller& caller, const Id<CityIndex>& id) {
    CityIndex index = TRY(index_seen(transaction, caller, id));
    if (!owns(caller, index.owner)) return Error{Failure::forbidden, "cityindex.not_yours", "This index belongs to another organisation."};
    return index;
}
/// Read in a transaction of its own, for what computes afterwards.
Result<CityIndex> index_read(Store& store, const Caller& caller, const Id<CityIndex>& id) {
    std::optional<CityIndex> index;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        index = TRY(index_seen(transaction, caller, id));
        return Done{};
    }));
    return std::move(*index);
}

Result<Page<CityIndex>> index_list(Transaction& transaction, const Caller& caller, const ListOf<CityIndex>& list) {
    Page<CityIndex> page;
    if (caller.actor.may(run_cities)) page = TRY(list_page<CityIndex>(transaction, caller, list));
    else if (caller.actor.organisation.empty()) page = TRY(list_page<CityIndex>(transaction, caller, list, "state = 'published'"));
    else page = TRY(list_page<CityIndex>(transaction, caller, list, "(state = 'published' OR owner = $1)", {caller.actor.organisation}));
    for (CityIndex& one : page.items) one.cities.clear(), one.indicators.clear(); // lists stay small
    return page;
}

Result<CityIndexView> index_get(Store& store, const Caller& caller, const CityIndexKey& key) {
    CityIndexView view;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        view.index = TRY(index_seen(transaction, caller, key.id));
        view.owner_name = TRY(organisation_name(transaction, view.index.owner));
        return Done{};
    }));
    auto result = index_result(view.index, samples);
    if (result) view.result = std::move(result).value();
    else {
        const Error& error = result.error();
        view.fault = sentence(error.code, error.message, error.parameters, caller.language);
        for (const Problem& one : error.problems)
            *view.fault += fmt::format(" {}: {}", one.field, sentence(one.code, one.message, one.parameters, caller.language));
    }
    const bool mine = owns(caller, view.index.owner), draft = view.index.state == TerritoryState::draft;
    view.may_change = mine && caller.actor.may(write_cities);
    view.may_publish = mine && draft && caller.actor.may(submit_cities) && view.result;
    view.may_withdraw = mine && !draft && caller.actor.may(submit_cities);
    return view;
}

constexpr std::size_t editions_most = 30;

/// This edition and those before it that the caller may see, the earliest first.
Result<std::vector<CityIndex>> editions_of(Transaction& transaction, const Caller& caller, CityIndex newest) {
    std::vector<CityIndex> editions;
    editions.push_back(std::move(newest));
    while (editions.back().before && editions.size() < editions_most) {
        auto earlier = index_seen(transaction, caller, *editions.back().before);
        if (!earlier || earlier.value().year >= editions.back().year) break; // withdrawn, or changed since
        editions.push_back(std::move(earlier.value()));
    }
    std::reverse(editions.begin(), editions.end());
    return editions;
}
Result<Done> check_before(Transaction& transaction, const Caller& caller, const CityIndex& index) {
    if (!index.before) return Done{};
    const auto earlier = index_seen(transaction, caller, *index.before);
    if (!earlier) return invalid({{"before", "cityindex.no_before", "There is no such earlier edition."}});
    if (earlier.value().year >= index.year)
        return invalid({{"before", "cityindex.not_earlier", "The earlier edition is of {year}; it must be of a year before this one's.",
            {{"year", std::to_string(earlier.value().year)}}}});
    return Done{};
}

Result<Reply<CityIndex>> index_create(Transaction& transaction, const Caller& caller, const CityIndex& draft) {
    TRY(parties::acting_organisation(caller));
    CityIndex index = draft;
    index.id = caller.new_id<CityIndex>();
    index.owner = caller.actor.organisation;
    index.created_at = index.updated_at = caller.now;
    TRY(check_before(transaction, caller, index));
    TRY(transaction.insert(index));
    return Reply<CityIndex>{.body = std::move(index), .status = 201};
}
Result<CityIndex> index_update(Transaction& transaction, const Caller& caller, const Patch<CityIndex>& patch) {
    TRY(index_to_change(transaction, caller, patch.id));
    CityIndex index = TRY(apply_patch(transaction, caller, patch));
    TRY(check_before(transaction, caller, index));
    index.updated_at = caller.now;
    TRY(transaction.update(index));
    return index;
}
Result<Done> index_delete(Transaction& transaction, const Caller& caller, const CityIndexKey& key) {
    const CityIndex index = TRY(index_to_change(transaction, caller, key.id));
    if (index.state == TerritoryState::published) return Error{Failure::conflict, "cityindex.published", "A published index is withdrawn first."};
    return transaction.erase(index.id);
}
Result<CityIndex> index_into(Transaction& transaction, const Caller& caller, const CityIndexKey& key, TerritoryState state) {
    CityIndex index = TRY(index_to_change(transaction, caller, key.id));
    TRY(check_expected(caller, index));
    if (index.state == state)
        return state == TerritoryState::published ? Error{Failure::conflict, "cityindex.published", "A published index is withdrawn first."}
                                                  : Error{Failure::conflict, "cityindex.draft", "This index is not published."};
    if (state == TerritoryState::published) TRY(index_result(index, 1));
    index.state = state;
    index.updated_at = caller.now;
    TRY(transaction.update(index));
    return index;
}

/// The index with what is tried in the place of its own.
Result<IndexResult> index_try(Store& store, const Caller& caller, const IndexTrial& trial) {
    CityIndex index = TRY(index_read(store, caller, trial.id));
    Problems problems;
    for (std::size_t i = 0; i < trial.weights.size(); ++i) {
        const auto found =
            std::find_if(index.indicators.begin(), index.indicators.end(), [&](const IndexIndicator& one) { return one.code == trial.weights[i].code; });
        if (found != index.indicators.end()) found->weight = trial.weights[i].weight;
        else
            problems.push_back(
                {fmt::format("weights[{}].code", i), "cityindex.no_part", "The index has no part {code}.", {{"code", trial.weights[i].code.substr(0, 60)}}});
    }
    if (!problems.empty()) return invalid(std::move(problems));
    if (trial.aggregation) index.aggregation = *trial.aggregation;
    if (trial.normalisation) index.normalisation = *trial.normalisation;
    if (trial.weight_spread_percent) index.weight_spread_percent = *trial.weight_spread_percent;
    TRY(validate(index));
    return index_result(index, samples);
}

Result<IndexGains> index_gain_list(Store& store, const Caller& caller, const GainsAsk& ask) {
    return index_gains(TRY(index_read(store, caller, ask.id)), ask.city, ask.places);
}
Result<IndexSensitivities> index_sensitivity_list(Store& store, const Caller& caller, const CityIndexKey& key) {
    const auto index = TRY(index_read(store, caller, key.id));
    return IndexSensitivities{TRY(index_sensitivity(index, sensitivity_base))};
}
Result<IndexOverTime> index_years(Store& store, const Caller& caller, const CityIndexKey& key) {
    std::vector<CityIndex> editions;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        editions = TRY(editions_of(transaction, caller, TRY(index_seen(transaction, caller, key.id))));
        return Done{};
    }));
    return index_over_time(editions);
}

/// What `greenbank index compute` reads, so that anybody can repeat it without the bank.
Result<Raw> index_file(Transaction& transaction, const Caller& caller, const IndexFileAsk& ask) {
    const CityIndex index = TRY(index_seen(transaction, caller, ask.id));
    const AssembledIndex made = TRY(assembled(index));
    const std::vector<Header> headers = {{"Content-Disposition",
        fmt::format("attachment; filename=\"{}-{}.{}\"", index.id.text, ask.part == "data" || ask.part == "meta" || ask.part == "recipe" ? ask.part : "file",
            ask.part == "recipe" ? "json" : "csv")}};
    if (ask.part == "recipe") return Raw{"application/json", to_json(made.recipe), headers};
    if (ask.part == "meta") {
        CsvText csv("iCode,Level,Direction,Weight,Parent,Type,iName,Unit");
        for (const Node& node : made.framework.nodes)
            csv.cell(node.code)
                .cell(static_cast<double>(node.level))
                .cell(node.direction)
                .cell(node.weight)
                .cell(node.parent)
                .cell(node.level == 1 ? "Indicator" : "Aggregate")
                .cell(node.name)
                .cell(node.unit)
                .end();
        return Raw{"text/csv; charset=utf-8", csv.take(), headers};
    }
    if (ask.part != "data") return invalid({{"part", "cityindex.part", "There are three files: data, meta and recipe."}});
    std::string header = "uCode,uName";
    for (std::size_t i = 0; i < made.framework.indicators; ++i) header += "," + made.framework.nodes[i].code;
    CsvText csv(header);
    for (std::size_t c = 0; c < made.data.units.size(); ++c) {
        csv.cell(made.data.units[c].code).cell(made.data.units[c].name);
        for (const Column& column : made.data.indicators) csv.cell(column[c]);
        csv.end();
    }
    return Raw{"text/csv; charset=utf-8", csv.take(), headers};
}

} // namespace

std::vector<Endpoint> index_endpoints() {
    return {
        // clang-format off
        {"city_index_list", Method::get, "/city-indices", "Indices of cities: published ones and one's own.", Mode::read, open_to_all, call(index_list)},
        {"city_index_get", Method::get, "/city-indices/{id}", "One index with its league table and the intervals of its ranks.", Mode::compute, open_to_all, call(index_get)},
        {"city_index_create", Method::post, "/city-indices", "Enter an index.", Mode::write, write_cities, call(index_create)},
        {"city_index_update", Method::patch, "/city-indices/{id}", "Change an index.", Mode::write, write_cities, call(index_update)},
        {"city_index_delete", Method::remove, "/city-indices/{id}", "Delete an index that is not published.", Mode::write, write_cities, call(index_delete)},
        {"city_index_publish", Method::post, "/city-indices/{id}/publish", "Let everybody see an index.", Mode::write, submit_cities, call([](Transaction& transaction, const Caller& caller, const CityIndexKey& key) { return index_into(transaction, caller, key, TerritoryState::published); })},
        {"city_index_withdraw", Method::post, "/city-indices/{id}/withdraw", "Take an index out of sight.", Mode::write, submit_cities, call([](Transaction& transaction, const Caller& caller, const CityIndexKey& key) { return index_into(transaction, caller, key, TerritoryState::draft); })},
        {"city_index_try", Method::post, "/city-indices/{id}/try", "The index with other weights or choices; nothing is kept.", Mode::compute, signed_in, call(index_try)},
        {"city_index_gains", Method::get, "/city-indices/{id}/gains", "What a city would need to come some places higher.", Mode::compute, open_to_all, call(index_gain_list)},
        {"city_index_sensitivity", Method::get, "/city-indices/{id}/sensitivity", "Which choices matter for the ranks (Sobol).", Mode::compute, signed_in, call(index_sensitivity_list)},
        {"city_index_over_time", Method::get, "/city-indices/{id}/over-time", "The index and its earlier editions on one scale: score and rank of each city by year.", Mode::compute, open_to_all, call(index_years)},
        {"city_index_file", Method::get, "/city-indices/{id}/file", "Data, indicators or recipe as `greenbank index compute` reads them.", Mode::read, open_to_all, as_file("text/csv", call(index_file))},
        // clang-format on
    };
}

} // namespace greenbank::cities
