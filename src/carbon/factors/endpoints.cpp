// endpoints.cpp — the bank's factors: read by everybody, entered by organisations, made official by the bank.
#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "api/kept_files.h"
#include "carbon/factors/factors.h"
#include "carbon/products/operations.h"
#include "sheets/sheets.h"

namespace greenbank::carbon {

struct FactorKey {
    Id<EmissionFactor> id;
};
Record describe(const FactorKey*) { return {"emission_factor_key", "Names a factor.", {field<&FactorKey::id>("id", "Its id.")}}; }

/// Which factor holds for what, where and when.
struct FactorSearch {
    FactorKind kind = FactorKind::grid_average;
    std::string subject, gas = "CO2", area;
    std::optional<GwpEdition> gwp;
    Date on;
    std::optional<Date> known_on;
    bool official_only = false;
};
Record describe(const FactorSearch*) {
    using S = FactorSearch;
    return {"factor_search", "Which factor holds for what, where and when.",
        {field<&S::kind>("kind", "Which kind."), field<&S::subject>("subject", "Of what.", {.min = 1, .max = 100}),
            field<&S::gas>("gas", "Which gas.", {.max = 20, .defaulted = true}), field<&S::area>("area", "Where.", {.min = 2, .max = 20}),
            field<&S::gwp>("gwp", "With which warming potentials."), field<&S::on>("on", "On which day."),
            field<&S::known_on>("known_on", "As it was known on that day."),
            field<&S::official_only>("official_only", "Official ones only.", {.defaulted = true})}};
}
struct FactorImport {
    Id<KeptFile> file;
};
Record describe(const FactorImport*) {
    return {"factor_import", "A table of factors.", {field<&FactorImport::file>("file", "The file, uploaded before: a column a field.")}};
}
struct FactorsImported {
    std::int64_t entered = 0, known = 0;
};
Record describe(const FactorsImported*) {
    return {"factors_imported", "What came of a table of factors.",
        {field<&FactorsImported::entered>("entered", "New ones."),
            field<&FactorsImported::known>("known", "There already: the same kind, subject, gas, area and edition.")}};
}

FactorSource stored_factors(Transaction& transaction, const Id<Organisation>& owner) {
    return [&transaction, owner](const FactorQuestion& question) {
        return question.kind == FactorKind::supplier ? supplier_factor(transaction, owner, question) : factor_in_force(transaction, question);
    };
}

namespace {

Result<Done> check_status(const Caller& caller, const EmissionFactor& factor) {
    if (factor.status != FactorStatus::official || caller.actor.may(see_carbon)) return Done{};
    return Error{Failure::forbidden, "factor.official", "Only the bank makes a factor official; enter it as unconfirmed, with its source."};
}
Result<EmissionFactor> factor_to_change(Transaction& transaction, const Caller& caller, const Id<EmissionFactor>& id) {
    EmissionFactor factor = TRY(transaction.get(id));
    if (!caller.actor.may(see_carbon) && (factor.organisation.empty() || factor.organisation != caller.actor.organisation))
        return Error{Failure::forbidden, "footprint.not_yours", "This belongs to another organisation."};
    return factor;
}

Result<Page<EmissionFactor>> factor_list(Transaction& transaction, const Caller& caller, const ListOf<EmissionFactor>& list) {
    return list_page<EmissionFactor>(transaction, caller, list);
}
Result<EmissionFactor> factor_get(Transaction& transaction, const Caller&, const FactorKey& key) { return transaction.get(key.id); }
Result<FactorUsed> factor_find(Transaction& transaction, const Caller&, const FactorSearch& search) {
    return to_used(TRY(factor_in_force(transaction, {.kind = search.kind,
                                                        .subject = search.subject,
                                                        .gas = search.gas,
                                                        .gwp = search.gwp,
                                                        .areas = areas_around(search.area),
                                                        .on = search.on,
                                                        .known_on = search.known_on,
                                                        .official_only = search.official_only})));
}
EmissionFactor entered(const Caller& caller, EmissionFactor factor) {
    factor.id = caller.new_id<EmissionFactor>();
    factor.organisation = caller.actor.may(see_carbon) ? std::string() : caller.actor.organisation;
    factor.created_at = factor.updated_at = caller.now;
    return factor;
}
Result<Reply<EmissionFactor>> factor_create(Transaction& transaction, const Caller& caller, const EmissionFactor& draft) {
    TRY(check_status(caller, draft));
    EmissionFactor factor = entered(caller, draft);
    TRY(transaction.insert(factor));
    return Reply<EmissionFactor>{.body = std::move(factor), .status = 201};
}
Result<EmissionFactor> factor_update(Transaction& transaction, const Caller& caller, const Patch<EmissionFactor>& patch) {
    TRY(factor_to_change(transaction, caller, patch.id));
    EmissionFactor factor = TRY(apply_patch(transaction, caller, patch));
    TRY(check_status(caller, factor));
    factor.updated_at = caller.now;
    TRY(transaction.update(factor));
    return factor;
}
Result<Done> factor_delete(Transaction& transaction, const Caller& caller, const FactorKey& key) {
    TRY(factor_to_change(transaction, caller, key.id));
    return transaction.erase(key.id); // results hold what they used
}

/// A row as JSON of the record: texts and dates as they are, numbers bare.
std::string row_json(const std::vector<std::string>& header, const sheets::Row& row) {
    JsonWriter json;
    json.begin_object();
    Text title;
    for (std::size_t i = 0; i < header.size() && i < row.cells.size(); ++i) {
        const std::string_view cell = trim(row.cells[i].text);
        if (cell.empty()) continue;
        if (header[i].starts_with("title_")) {
            if (const auto language = parse_language(header[i].substr(6))) title.in(*language) = cell;
            continue;
        }
        const Field* const field = record_of<EmissionFactor>().find(header[i]);
        if (!field || field->traits.read_only) continue;
        json.key(header[i]);
        double number = 0; // what is no number goes on as a text, and the record says what is wrong with it
        const auto [end, problem] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
        const bool is_number = problem == std::errc() && end == cell.data() + cell.size();
        if (is_number && field->type->kind == Kind::real) json.real(number);
        else if (is_number && field->type->kind == Kind::integer) json.integer(static_cast<std::int64_t>(std::clamp(number, -1e15, 1e15)));
        else json.text(cell);
    }
    json.key("title").raw([&] {
        std::string text;
        write_json_value(text, TypeOf<Text>::type, &title);
        return text;
    }());
    json.end_object();
    return json.take();
}

Result<FactorsImported> factor_import(Store& store, const Caller& caller, const FactorImport& ask) {
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        TRY(own_file(transaction, caller, ask.file));
        return Done{};
    }));
    const std::string path = (std::filesystem::temp_directory_path() / ("greenbank-factors-" + caller.new_id<EmissionFactor>().text)).string();
    const std::unique_ptr<const std::string, void (*)(const std::string*)> spooled(&path, [](const std::string* one) { std::remove(one->c_str()); });
    TRY(spool_file(store, ask.file, path));
    const auto table = TRY(sheets::open_table(path, {.strip_apostrophe = true}));
    std::vector<EmissionFactor> factors;
    Problems problems;
    while (const sheets::Row* row = TRY(table->next())) {
        auto read = from_json<EmissionFactor>(row_json(table->header(), *row));
        if (!read) {
            if (read.error().problems.empty())
                problems.push_back({fmt::format("row {}", row->number), read.error().code, read.error().message, read.error().parameters});
            for (Problem& one : read.error().problems)
                problems.push_back({fmt::format("row {} {}", row->number, one.field), one.code, one.message, one.parameters});
            if (problems.size() > 200) break;
            continue;
        }
        TRY(check_status(caller, read.value()));
        factors.push_back(entered(caller, std::move(read).value()));
        if (factors.size() > 20'000) return Error{Failure::too_large, "factor.too_many", "A table brings at most 20000 factors; split it."};
    }
    if (!problems.empty()) return invalid(std::move(problems));
    FactorsImported result;
    TRY(store.write([&](Transaction& transaction) -> Result<Done> {
        result = {};
        for (const EmissionFactor& one : factors) {
            const bool known =
                !TRY(transaction.query("SELECT id FROM emission_factor WHERE kind = $1 AND subject = $2 AND gas = $3 AND area = $4 AND edition = $5 LIMIT 1",
                         {std::string(name_of(one.kind)), one.subject, one.gas, one.area, one.edition}))
                     .empty();
            ++(known ? result.known : result.entered);
            if (!known) TRY(transaction.insert(one));
        }
        return Done{};
    }));
    return result;
}

} // namespace

std::vector<Endpoint> factor_endpoints() {
    return {
        // clang-format off
        {"emission_factor_list", Method::get, "/emission-factors", "Emission factors and warming potentials with period, edition, source and status.", Mode::read, open_to_all, call(factor_list)},
        {"emission_factor_find", Method::get, "/emission-factors-in-force", "The factor that holds for a subject, an area and a day.", Mode::read, open_to_all, call(factor_find)},
        {"emission_factor_get", Method::get, "/emission-factors/{id}", "One factor.", Mode::read, open_to_all, call(factor_get)},
        {"emission_factor_create", Method::post, "/emission-factors", "Enter a factor.", Mode::write, write_carbon, call(factor_create)},
        {"emission_factor_update", Method::patch, "/emission-factors/{id}", "Change a factor.", Mode::write, write_carbon, call(factor_update)},
        {"emission_factor_delete", Method::remove, "/emission-factors/{id}", "Delete a factor; results keep what they used.", Mode::write, write_carbon, call(factor_delete)},
        {"emission_factor_import", Method::post, "/emission-factor-imports", "Enter the factors of an uploaded table.", Mode::compute, write_carbon, call(factor_import)},
        // clang-format on
    };
}

} // namespace greenbank::carbon
