// retirements.cpp — tonnes end, with a certificate that anybody who has its code can check.
#include <fmt/format.h>

#include "api/figures.h"
#include "api/words.h"
#include "market/registry/registry.h"
#include "paper/paper.h"

namespace greenbank::market {

Record describe(const KeyOf<UnitEnd>*) { return {"retirement_key", "Names a certificate.", {field<&KeyOf<UnitEnd>::id>("id", "Its code.")}}; }

struct RetirementView {
    UnitEnd retirement;
    Text product_name, organisation_name, programme_name;
    bool numbers_rest = false;
};
Record describe(const RetirementView*) {
    using One = RetirementView;
    return {"retirement_view", "A certificate, and whether the registry still says so.",
        {field<&One::retirement>("retirement", "As it was issued."), field<&One::product_name>("product_name", "Which tonnes."),
            field<&One::programme_name>("programme_name", "Under which programme."), field<&One::organisation_name>("organisation_name", "Who gave them."),
            field<&One::numbers_rest>("numbers_rest", "The registry has exactly these numbers under this certificate, and they have not moved.")}};
}

namespace {

Result<Page<UnitEnd>> retirement_list(Transaction& transaction, const Caller& caller, const ListOf<UnitEnd>& list) {
    if (caller.actor.may(keep_registry)) return list_page<UnitEnd>(transaction, caller, list);
    return list_page<UnitEnd>(transaction, caller, list, "$1 <> '' AND organisation = $1", {caller.actor.organisation});
}

Result<RetirementView> view_of(Transaction& transaction, const Id<UnitEnd>& id) {
    RetirementView view{.retirement = TRY(transaction.get(id)), .product_name = {}, .organisation_name = {}, .programme_name = {}};
    const CarbonProduct product = TRY(transaction.get(view.retirement.product));
    view.product_name = product.name;
    view.programme_name = TRY(transaction.get(product.programme)).name;
    view.organisation_name = TRY(transaction.get(view.retirement.organisation)).name;
    SerialRanges ranges;
    for (const SerialBlock& block : TRY(transaction.find<SerialBlock>("ended_by = $1 AND state <> 'held' ORDER BY first", {id.text})))
        ranges.push_back({block.first, block.last});
    view.numbers_rest = count_of(ranges) == view.retirement.tonnes && serials_text(product, ranges) == view.retirement.serials;
    return view;
}
Result<RetirementView> retirement_get(Transaction& transaction, const Caller&, const KeyOf<UnitEnd>& key) { return view_of(transaction, key.id); }

Result<Response> retirement_pdf(const std::string& address, Store& store, const Caller& caller, const KeyOf<UnitEnd>& key) {
    std::optional<RetirementView> found;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        found = TRY(view_of(transaction, key.id));
        return Done{};
    }));
    const UnitEnd& end = found->retirement;
    const Language language = caller.language;
    const auto label = [&](std::string_view name) { return word(fmt::format("field.retirement.{}", name), language); };
    paper::Document document;
    document.front = {.title = word(fmt::format("market.paper.{}", greenbank::name_of(end.kind)), language),
        .subtitle = fmt::format("{} t CO2e", end.tonnes),
        .organisation = word("ledger.paper.bank", language),
        .date = date_of(end.made_at),
        .language = language,
        .title_page = false,
        .numbered = false,
        .created_at = end.made_at};
    if (end.sample) document.front.marks.push_back(paper::badge(paper::Status::sample, language));
    document.blocks.push_back(
        paper::Facts{"", {{label("organisation"), found->organisation_name.best(language)}, {label("beneficiary"), end.beneficiary.best(language)},
                             {label("purpose"), end.purpose.best(language)}, {label("tonnes"), fmt::format("{} t", end.tonnes)},
                             {label("product"), found->programme_name.best(language) + " · " + found->product_name.best(language)},
                             {label("serials"), end.serials}, {label("transfer"), end.transfer}, {label("made_at"), Figures::moment(end.made_at)}}});
    document.blocks.push_back(paper::Paragraph{word("market.paper.never_again", language)});
    document.blocks.push_back(paper::Proof{word("market.paper.check", language), address + "/market/retirements/" + end.id.text});
    if (end.proof) document.blocks.push_back(paper::Proof{word("market.paper.proof", language), address + "/proof/" + *end.proof});
    std::string pdf = TRY(paper::to_pdf(document));
    return inline_pdf(std::move(pdf), key.id.text);
}

} // namespace

std::vector<Endpoint> retirement_endpoints(ledger::Book& book, const parties::TransparencyLog& log, const std::string& address) {
    const auto end = [&book, &log](Transaction& transaction, const Caller& caller, const UnitEnd& draft) -> Result<Reply<UnitEnd>> {
        if (draft.kind == EndKind::surrender)
            return invalid({{"kind", "registry.surrender_elsewhere", "Tonnes are surrendered against an obligation; open it and surrender there."}});
        const auto organisation = TRY(acting_organisation(caller));
        UnitEnd made =
            TRY(end_tonnes(book, log, transaction, caller, {draft.kind, draft.product, organisation, draft.tonnes, draft.beneficiary, draft.purpose}));
        return Reply<UnitEnd>{.body = std::move(made), .status = 201};
    };
    return {
        // clang-format off
        {"retirement_list", Method::get, "/retirements", "Certificates: of one's own organisation, or all.", Mode::read, signed_in, call(retirement_list)},
        {"retirement_create", Method::post, "/retirements", "Retire or cancel tonnes for ever; the certificate's code is the answer.", Mode::write, trade_carbon, call(end)},
        {"retirement_get", Method::get, "/retirements/{id}", "What a certificate's code stands for.", Mode::read, open_to_all, call(retirement_get)},
        {"retirement_pdf", Method::get, "/retirements/{id}/pdf", "A certificate as PDF.", Mode::compute, open_to_all, as_file("application/pdf", call(address, retirement_pdf))},
        // clang-format on
    };
}

} // namespace greenbank::market
