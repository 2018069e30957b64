// cooperations.cpp — cooperations with the matrix of their chain, and what is known of a country.
#include <set>

#include "services/cooperation/kept_by_desk.h"
#include "services/cooperation/records.h"

namespace greenbank::services {

Record describe(const ById<Cooperation>*) { return {"cooperation_key", "Names a cooperation.", {field<&ById<Cooperation>::id>("id", "Its id.")}}; }
Record describe(const ById<CountryFact>*) { return {"country_fact_key", "Names a fact.", {field<&ById<CountryFact>::id>("id", "Its id.")}}; }
Record describe(const ChainGap*) {
    return {"chain_gap", "A weak place of a chain.",
        {field<&ChainGap::step>("step", "Which step."), field<&ChainGap::kind>("kind", "Nobody, only planned, or all in one country.")}};
}

struct ChainCell {
    std::string country;
    std::vector<ChainLink> links;
};
Record describe(const ChainCell*) {
    return {"chain_cell", "Who does a step in one country.",
        {field<&ChainCell::country>("country", "The country."), field<&ChainCell::links>("links", "Who.", {.max = 100})}};
}
struct ChainRow {
    ChainStep step = ChainStep::research;
    std::vector<ChainCell> cells; // one for each country, in the order of the cooperation
    std::optional<ChainGapKind> gap;
};
Record describe(const ChainRow*) {
    return {"chain_row", "A step of the chain.",
        {field<&ChainRow::step>("step", "Which step."), field<&ChainRow::cells>("cells", "Country by country.", {.max = 30}),
            field<&ChainRow::gap>("gap", "What is weak about it.")}};
}
struct ChainMatrix {
    std::vector<std::string> countries;
    std::vector<ChainRow> rows;
    std::vector<ChainGap> gaps;
};
Record describe(const ChainMatrix*) {
    return {"chain_matrix", "Who does which step of the chain in which country, and what is missing.",
        {field<&ChainMatrix::countries>("countries", "Countries of the cooperation.", {.max = 30}),
            field<&ChainMatrix::rows>("rows", "The steps, from research to market.", {.max = 7}),
            field<&ChainMatrix::gaps>("gaps", "Weak places.", {.max = 7})}};
}

struct CountryRequest {
    std::string code;
};
Record describe(const CountryRequest*) {
    return {"country_request", "Which country.", {field<&CountryRequest::code>("code", "Its code of two letters.", {.min = 2, .max = 2})}};
}
struct CountryCounts {
    std::int64_t facts = 0, cooperations = 0, recognitions = 0, facilities = 0, services = 0;
};
Record describe(const CountryCounts*) {
    using Counts = CountryCounts;
    return {"country_counts", "How much there is of a country.",
        {field<&Counts::facts>("facts", "Facts."), field<&Counts::cooperations>("cooperations", "Cooperations."),
            field<&Counts::recognitions>("recognitions", "Rows of recognition."), field<&Counts::facilities>("facilities", "Facilities."),
            field<&Counts::services>("services", "Services given there.")}};
}
struct CountryLine {
    std::string country;
    CountryCounts counts;
};
Record describe(const CountryLine*) {
    return {"country_line", "A country one can work with.",
        {field<&CountryLine::country>("country", "Its code."), field<&CountryLine::counts>("counts", "How much there is of it.")}};
}
struct CountryView {
    std::string country;
    CountryCounts counts;
    std::vector<CountryFact> facts;
    std::vector<Cooperation> cooperations;
    std::vector<Recognition> recognitions;
};
Record describe(const CountryView*) {
    return {"country_view", "What is known of a country.",
        {field<&CountryView::country>("country", "Its code."), field<&CountryView::counts>("counts", "How much there is of it."),
            field<&CountryView::facts>("facts", "Published facts, the newest first.", {.max = 500}),
            field<&CountryView::cooperations>("cooperations", "Published cooperations.", {.max = 500}),
            field<&CountryView::recognitions>("recognitions", "What is recognised there or from there.", {.max = 500})}};
}

namespace {

Result<Cooperation> cooperation_get(Transaction& transaction, const Caller& caller, const ById<Cooperation>& key) {
    return desk_record(transaction, caller, key.id);
}

Result<ChainMatrix> cooperation_chain_get(Transaction& transaction, const Caller& caller, const ById<Cooperation>& key) {
    const Cooperation cooperation = TRY(desk_record(transaction, caller, key.id));
    ChainMatrix matrix{.countries = cooperation.countries};
    std::vector<ChainPart> parts;
    for (const ChainLink& one : cooperation.chain) parts.push_back({one.step, one.country, one.planned});
    matrix.gaps = chain_gaps(parts, cooperation.countries);
    for (std::size_t i = 0; i < chain_steps; ++i) {
        ChainRow row{.step = static_cast<ChainStep>(i)};
        for (const std::string& country : cooperation.countries) {
            ChainCell cell{.country = country};
            for (const ChainLink& one : cooperation.chain)
                if (one.step == row.step && one.country == country) cell.links.push_back(one);
            row.cells.push_back(std::move(cell));
        }
        for (const ChainGap& gap : matrix.gaps)
            if (gap.step == row.step) row.gap = gap.kind;
        matrix.rows.push_back(std::move(row));
    }
    return matrix;
}

template <class T> Result<std::vector<T>> published(Transaction& transaction, std::string_view order = "ORDER BY id") {
    return transaction.find<T>("state = 'published' " + std::string(order));
}

bool speaks_of(const Recognition& row, const std::string& country) { return row.our_country == country || row.their_country == country; }
bool has(const std::vector<std::string>& countries, const std::string& country) {
    return std::find(countries.begin(), countries.end(), country) != countries.end();
}

struct Known {
    std::vector<CountryFact> facts;
    std::vector<Cooperation> cooperations;
    std::vector<Recognition> recognitions;
    std::map<std::string, std::int64_t> facilities;
    std::vector<std::vector<std::string>> services; // countries of each

    CountryCounts counts(const std::string& country) const {
        CountryCounts counts;
        for (const CountryFact& one : facts) counts.facts += one.country == country;
        for (const Cooperation& one : cooperations) counts.cooperations += has(one.countries, country);
        for (const Recognition& one : recognitions) counts.recognitions += speaks_of(one, country);
        for (const auto& one : services) counts.services += has(one, country) || has(one, "WORLD");
        if (const auto found = facilities.find(country); found != facilities.end()) counts.facilities = found->second;
        return counts;
    }
};

Result<Known> all_known(Transaction& transaction) {
    auto facts = TRY(published<CountryFact>(transaction, "ORDER BY as_of DESC, id"));
    auto cooperations = TRY(published<Cooperation>(transaction));
    auto recognitions = TRY(published<Recognition>(transaction));
    Known known{std::move(facts), std::move(cooperations), std::move(recognitions), {}, {}};
    for (const auto& row : TRY(transaction.query("SELECT country, COUNT(*) FROM facility WHERE state = 'published' GROUP BY country")).rows)
        known.facilities[as_text(row[0])] = as_integer(row[1]);
    for (Service& one : TRY(published<Service>(transaction))) known.services.push_back(std::move(one.countries));
    return known;
}

Result<Page<CountryLine>> country_list(Transaction& transaction, const Caller&) {
    const Known known = TRY(all_known(transaction));
    std::set<std::string> countries;
    for (const CountryFact& one : known.facts) countries.insert(one.country);
    for (const Cooperation& one : known.cooperations) countries.insert(one.countries.begin(), one.countries.end());
    for (const Recognition& one : known.recognitions) countries.insert({one.our_country, one.their_country});
    for (const auto& [country, count] : known.facilities) countries.insert(country);
    countries.erase("WORLD");
    Page<CountryLine> page;
    for (const std::string& country : countries) page.items.push_back({country, known.counts(country)});
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

Result<CountryView> country_get(Transaction& transaction, const Caller&, const CountryRequest& request) {
    if (!library::reference().countries.find(request.code) || request.code == "WORLD")
        return Error{Failure::not_found, "country.unknown", "There is no country with the code {code}.", {{"code", request.code}}};
    Known known = TRY(all_known(transaction));
    CountryView view{.country = request.code, .counts = known.counts(request.code)};
    for (CountryFact& one : known.facts)
        if (one.country == request.code) view.facts.push_back(std::move(one));
    for (Cooperation& one : known.cooperations)
        if (has(one.countries, request.code)) view.cooperations.push_back(std::move(one));
    for (Recognition& one : known.recognitions)
        if (speaks_of(one, request.code)) view.recognitions.push_back(std::move(one));
    return view;
}

} // namespace

std::vector<Endpoint> cooperation_endpoints() {
    return {
        // clang-format off
        {"cooperation_list", Method::get, "/cooperations", "Cooperations across borders.", Mode::read, open_to_all, call(desk_list<Cooperation>)},
        {"cooperation_get", Method::get, "/cooperations/{id}", "One cooperation.", Mode::read, open_to_all, call(cooperation_get)},
        {"cooperation_chain_get", Method::get, "/cooperations/{id}/chain", "Who does which step of the chain in which country, and what is missing.", Mode::read, open_to_all, call(cooperation_chain_get)},
        {"cooperation_create", Method::post, "/cooperations", "Enter a cooperation as a draft.", Mode::write, run_desk, call(desk_create<Cooperation>)},
        {"cooperation_update", Method::patch, "/cooperations/{id}", "Change a cooperation.", Mode::write, run_desk, call(desk_update<Cooperation>)},
        {"cooperation_publish", Method::post, "/cooperations/{id}/publish", "Let everybody see a cooperation.", Mode::write, run_desk, call(desk_publish<Cooperation>)},
        {"cooperation_withdraw", Method::post, "/cooperations/{id}/withdraw", "Take a cooperation out of sight.", Mode::write, run_desk, call(desk_withdraw<Cooperation>)},
        {"cooperation_delete", Method::remove, "/cooperations/{id}", "Delete a cooperation that is not published.", Mode::write, run_desk, call(desk_delete<Cooperation>)},
        {"country_list", Method::get, "/cooperation-countries", "Countries one can work with, and how much is known of them.", Mode::read, open_to_all, call(country_list)},
        {"country_get", Method::get, "/cooperation-countries/{code}", "What is known of a country.", Mode::read, open_to_all, call(country_get)},
        {"country_fact_list", Method::get, "/country-facts", "Facts of trade, investment and policy.", Mode::read, open_to_all, call(desk_list<CountryFact>)},
        {"country_fact_get", Method::get, "/country-facts/{id}", "One fact.", Mode::read, open_to_all, call([](Transaction& transaction, const Caller& caller, const ById<CountryFact>& key) -> Result<CountryFact> { return desk_record(transaction, caller, key.id); })},
        {"country_fact_create", Method::post, "/country-facts", "Enter a fact as a draft.", Mode::write, run_desk, call(desk_create<CountryFact>)},
        {"country_fact_update", Method::patch, "/country-facts/{id}", "Change a fact.", Mode::write, run_desk, call(desk_update<CountryFact>)},
        {"country_fact_publish", Method::post, "/country-facts/{id}/publish", "Let everybody see a fact.", Mode::write, run_desk, call(desk_publish<CountryFact>)},
        {"country_fact_withdraw", Method::post, "/country-facts/{id}/withdraw", "Take a fact out of sight.", Mode::write, run_desk, call(desk_withdraw<CountryFact>)},
        {"country_fact_delete", Method::remove, "/country-facts/{id}", "Delete a fact that is not published.", Mode::write, run_desk, call(desk_delete<CountryFact>)},
        // clang-format on
    };
}

std::vector<SampleSet> cooperation_samples() {
    return {sample_set<Cooperation>("services/cooperations"), sample_set<Recognition>("services/recognitions"), sample_set<CountryFact>("services/facts"),
        sample_set<WorkingGroup>("services/groups"), sample_set<GroupMeeting>("services/meetings"), sample_set<GroupTask>("services/tasks")};
}

} // namespace greenbank::services
