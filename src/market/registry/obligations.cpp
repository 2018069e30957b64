// obligations.cpp — what firms owe: allocation by the dated benchmarks, surrender within the limit of offsets, who is short.
#include <fmt/format.h>

#include "kernel/embedded.h"
#include "market/engine/compliance.h"
#include "market/registry/registry.h"
#include "json/json.h"

namespace greenbank {
namespace embedded {
extern const EmbeddedFile market_benchmarks[];
extern const std::size_t market_benchmarks_count;
} // namespace embedded

namespace market {

Record describe(const KeyOf<ComplianceObligation>*) {
    return {"obligation_key", "Names an obligation.", {field<&KeyOf<ComplianceObligation>::id>("id", "Its id.")}};
}

/// A benchmark of a year and class, as data with its source.
struct AllocationBenchmark {
    std::string edition, source;
    DataStatus status = DataStatus::unconfirmed;
    std::int64_t year = 2022;
    UnitClass unit_class = UnitClass::other;
    double power = 0, heat = 0; // t/MWh, t/GJ
};
Record describe(const AllocationBenchmark*) {
    using One = AllocationBenchmark;
    return {"allocation_benchmark", "What a unit of power or heat is given free.",
        {field<&One::edition>("edition", "Which edition.", {.min = 1, .max = 100}), field<&One::source>("source", "Where it stands.", {.min = 1, .max = 500}),
            field<&One::status>("status", "Official, unconfirmed or sample."), field<&One::year>("year", "For which year.", {.min = 2013, .max = 2100}),
            field<&One::unit_class>("unit_class", "For which class of units."),
            field<&One::power>("power", "Tonnes a unit of power.", {.unit = "t/MWh", .min = 0, .max = 2}),
            field<&One::heat>("heat", "Tonnes a unit of heat.", {.unit = "t/GJ", .min = 0, .max = 1})}};
}

struct SurrenderRequest {
    Id<ComplianceObligation> id;
    Id<CarbonProduct> product;
    std::int64_t tonnes = 0;
};
Record describe(const SurrenderRequest*) {
    using One = SurrenderRequest;
    return {"surrender_request", "Tonnes against an obligation.",
        {field<&One::id>("id", "The obligation."), field<&One::product>("product", "Which tonnes."),
            field<&One::tonnes>("tonnes", "How many.", {.unit = "t", .min = 1, .max = 1e10})}};
}

struct ObligationView {
    ComplianceObligation obligation;
    Text organisation_name;
    std::int64_t owed = 0, offsets_left = 0, allowances_held = 0, short_by = 0, days_left = 0;
};
Record describe(const ObligationView*) {
    using One = ObligationView;
    return {"obligation_view", "An obligation, what is left of it, and what its firm holds.",
        {field<&One::obligation>("obligation", "What was entered."), field<&One::organisation_name>("organisation_name", "Who owes."),
            field<&One::owed>("owed", "Still to surrender.", {.unit = "t"}),
            field<&One::offsets_left>("offsets_left", "Credits that are still taken.", {.unit = "t"}),
            field<&One::allowances_held>("allowances_held", "Allowances of the programme that the firm holds.", {.unit = "t"}),
            field<&One::short_by>("short_by", "What it lacks.", {.unit = "t"}),
            field<&One::days_left>("days_left", "Days until the deadline.", {.unit = "d"})}};
}

namespace {

const std::vector<AllocationBenchmark>& benchmarks() {
    static const std::vector<AllocationBenchmark> all = [] {
        std::vector<AllocationBenchmark> read;
        for (std::size_t i = 0; i < embedded::market_benchmarks_count; ++i) {
            auto list = list_from_json<AllocationBenchmark>(embedded::market_benchmarks[i].bytes());
            require(static_cast<bool>(list), "the benchmarks of allocation cannot be read");
            read.insert(read.end(), list.value().begin(), list.value().end());
        }
        return read;
    }();
    return all;
}

Obligation engine_of(const ComplianceObligation& stored) {
    return {stored.emissions, stored.allowances_given, stored.offsets_given, stored.offset_limit_basis_points};
}

Result<ObligationView> view_of(Transaction& transaction, const Caller& caller, const ComplianceObligation& stored) {
    const Obligation obligation = engine_of(stored);
    const auto organisation_name = TRY(transaction.get(stored.organisation)).name;
    ObligationView view{.obligation = stored, .organisation_name = organisation_name};
    view.owed = obligation.owed();
    view.offsets_left = obligation.offsets_most() - obligation.offsets_given;
    view.allowances_held = as_integer(
        TRY(transaction.query("SELECT CAST(COALESCE(SUM(b.last - b.first + 1), 0) AS BIGINT) FROM serial_block b JOIN carbon_product p ON p.id = b.product "
                              "WHERE p.programme = $1 AND b.holder = $2 AND b.state = 'held'",
                {stored.programme.text, stored.organisation.text}))
            .single());
    view.short_by = std::max<std::int64_t>(0, view.owed - view.allowances_held);
    view.days_left = stored.due_on.days - date_of(caller.now).days;
    return view;
}

Result<Page<ObligationView>> obligation_list(Transaction& transaction, const Caller& caller) {
    const bool all = caller.actor.may(keep_registry);
    Page<ObligationView> page;
    for (const ComplianceObligation& one : TRY(transaction.find<ComplianceObligation>(
             "$1 = 1 OR organisation = $2 ORDER BY due_on, id LIMIT 500", {std::int64_t{all}, caller.actor.organisation})))
        page.items.push_back(TRY(view_of(transaction, caller, one)));
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

Result<Reply<ComplianceObligation>> obligation_create(Transaction& transaction, const Caller& caller, const ComplianceObligation& draft) {
    ComplianceObligation obligation = draft;
    TRY(transaction.get(obligation.organisation));
    TRY(transaction.get(obligation.programme));
    obligation.id = caller.new_id<ComplianceObligation>();
    obligation.created_at = obligation.updated_at = caller.now;
    // The latest edition up to the year; none: nothing is allocated, and the page says so.
    const AllocationBenchmark* found = nullptr;
    for (const AllocationBenchmark& one : benchmarks())
        if (one.unit_class == obligation.unit_class && one.year <= obligation.year && (found == nullptr || one.year > found->year)) found = &one;
    if (found != nullptr) {
        const auto ten_thousandths = [](double value) { return static_cast<std::int64_t>(value * 10'000 + 0.5); };
        obligation.allocation =
            free_allocation({obligation.supply_mwh, ten_thousandths(found->power), obligation.correction, obligation.heat_gj, ten_thousandths(found->heat)});
        obligation.allocation_edition = fmt::format("{} ({})", found->edition, greenbank::name_of(found->status));
    }
    TRY(transaction.insert(obligation));
    return Reply<ComplianceObligation>{.body = std::move(obligation), .status = 201};
}

Result<ObligationView> obligation_surrender(
    ledger::Book& book, const parties::TransparencyLog& log, Transaction& transaction, const Caller& caller, const SurrenderRequest& request) {
    ComplianceObligation stored = TRY(transaction.get(request.id));
    if (stored.organisation.text != caller.actor.organisation) return not_found(record_of<ComplianceObligation>(), request.id.text);
    if (date_of(caller.now) > stored.due_on)
        return Error{Failure::conflict, "obligation.too_late", "The deadline was {day}; ask the registry what to do now.", {{"day", to_text(stored.due_on)}}};
    const CarbonProduct product = TRY(transaction.get(request.product));
    const CarbonProgramme programme = TRY(transaction.get(product.programme));
    const bool offsets = programme.kind == ProgrammeKind::credits;
    if (!offsets && product.programme != stored.programme)
        return Error{Failure::conflict, "obligation.other_programme", "These allowances are of another programme than the obligation."};
    if (!offsets && product.vintage > stored.year)
        return Error{Failure::conflict, "obligation.later_vintage", "Allowances of a later year than the obligation's are not taken."};
    const Obligation obligation = engine_of(stored);
    switch (surrender_fault(obligation, request.tonnes, offsets)) {
    case SurrenderFault::none: break;
    case SurrenderFault::not_positive:
    case SurrenderFault::above_obligation:
        return Error{Failure::conflict, "obligation.above", "Only {tonnes} t are still owed.", {{"tonnes", std::to_string(obligation.owed())}}};
    case SurrenderFault::offsets_exhausted:
        return Error{Failure::conflict, "obligation.offsets", "Credits may meet {tonnes} t more of this obligation; use allowances for the rest.",
            {{"tonnes", std::to_string(obligation.offsets_most() - obligation.offsets_given)}}};
    }
    TRY(end_tonnes(book, log, transaction, caller,
        {EndKind::surrender, product.id, stored.organisation, request.tonnes, {}, {"履约清缴", "Surrender", "Сдача в зачёт"}, stored.id.text}));
    (offsets ? stored.offsets_given : stored.allowances_given) += request.tonnes;
    stored.updated_at = caller.now;
    TRY(transaction.update(stored));
    return view_of(transaction, caller, stored);
}

} // namespace

std::vector<Endpoint> compliance_endpoints(ledger::Book& book, const parties::TransparencyLog& log) {
    const auto surrender = [&book, &log](Transaction& transaction, const Caller& caller, const SurrenderRequest& request) -> Result<ObligationView> {
        return obligation_surrender(book, log, transaction, caller, request);
    };
    return {
        // clang-format off
        {"obligation_list", Method::get, "/compliance-obligations", "Obligations by deadline: one's own, or all; who is short.", Mode::read, signed_in, call(obligation_list)},
        {"obligation_create", Method::post, "/compliance-obligations", "Enter what a firm owes; its allocation follows from the dated benchmarks.", Mode::write, keep_registry, call(obligation_create)},
        {"obligation_surrender", Method::post, "/compliance-obligations/{id}/surrender", "Surrender tonnes against an obligation.", Mode::write, trade_carbon, call(surrender)},
        // clang-format on
    };
}

} // namespace market
} // namespace greenbank
