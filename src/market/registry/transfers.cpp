// transfers.cpp — what an organisation holds, with serial numbers; tonnes given to another one; what must hold of it all.
#include <map>

#include <fmt/format.h>

#include "ledger/decimals.h"
#include "market/registry/registry.h"

namespace greenbank::market {

struct CarbonHolding {
    Id<CarbonProduct> product;
    Text product_name;
    std::int64_t tonnes = 0, available = 0, held = 0;
    std::string serials;
};
Record describe(const CarbonHolding*) {
    using One = CarbonHolding;
    return {"carbon_holding", "What an organisation holds of a product.",
        {field<&One::product>("product", "Which product."), field<&One::product_name>("product_name", "Its name."),
            field<&One::tonnes>("tonnes", "Whole tonnes held.", {.unit = "t"}), field<&One::available>("available", "What may be given now.", {.unit = "t"}),
            field<&One::held>("held", "Pledged or offered.", {.unit = "t"}), field<&One::serials>("serials", "Their serial numbers.")}};
}

struct CarbonTransferRequest {
    Id<CarbonProduct> product;
    Id<Organisation> to;
    std::int64_t tonnes = 0;
    std::optional<std::string> note;
};
Record describe(const CarbonTransferRequest*) {
    using One = CarbonTransferRequest;
    return {"carbon_transfer", "Tonnes given to another organisation, without payment here.",
        {field<&One::product>("product", "Which tonnes."), field<&One::to>("to", "Who receives them; it needs an open account at the registry."),
            field<&One::tonnes>("tonnes", "How many.", {.unit = "t", .min = 1, .max = 1e10}), field<&One::note>("note", "What for.", {.max = 150})}};
}

struct CarbonTransferDone {
    std::string transfer, serials;
};
Record describe(const CarbonTransferDone*) {
    return {"carbon_transfer_done", "What was given.",
        {field<&CarbonTransferDone::transfer>("transfer", "The ledger's transfer."), field<&CarbonTransferDone::serials>("serials", "Which numbers.")}};
}

namespace {

Result<Page<CarbonHolding>> holding_list(Transaction& transaction, const Caller& caller) {
    Page<CarbonHolding> page;
    const Rows rows = TRY(
        transaction.query("SELECT p.id, b.balances FROM account a JOIN carbon_product p ON p.asset = a.asset JOIN account_balance b ON b.account = a.number "
                          "WHERE a.owner = $1 AND a.purpose = 'customer' ORDER BY p.id",
            {caller.actor.organisation}));
    for (const auto& row : rows.rows) {
        const CarbonProduct product = TRY(transaction.get(Id<CarbonProduct>(as_text(row[0]))));
        const auto has = ledger::parse_balances(as_text(row[1]));
        if (!has) continue;
        CarbonHolding holding{.product = product.id, .product_name = product.name, .serials = ""};
        holding.held = static_cast<std::int64_t>(has->debits_pending / per_tonne);
        holding.tonnes = static_cast<std::int64_t>(ledger::posted_balance(*has) / per_tonne);
        holding.available = holding.tonnes - holding.held;
        SerialRanges ranges;
        for (const SerialBlock& block : TRY(transaction.find<SerialBlock>(
                 "product = $1 AND holder = $2 AND state = 'held' ORDER BY first LIMIT 50", {product.id.text, caller.actor.organisation})))
            ranges.push_back({block.first, block.last});
        if (!ranges.empty()) holding.serials = serials_text(product, ranges);
        page.items.push_back(std::move(holding));
    }
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

Result<Page<SerialBlock>> block_list(Transaction& transaction, const Caller& caller, const ListOf<SerialBlock>& list) {
    if (caller.actor.may(keep_registry)) return list_page<SerialBlock>(transaction, caller, list);
    return list_page<SerialBlock>(transaction, caller, list, "$1 <> '' AND holder = $1", {caller.actor.organisation});
}

Result<CarbonTransferDone> carbon_transfer(ledger::Book& book, Transaction& transaction, const Caller& caller, const CarbonTransferRequest& request) {
    const Id<Organisation> from = TRY(acting_organisation(caller));
    if (request.to == from) return invalid({{"to", "registry.to_oneself", "Tonnes are given to another organisation."}});
    TRY(open_registry_account(transaction, from));
    TRY(open_registry_account(transaction, request.to));
    const CarbonProduct product = TRY(transaction.get(request.product));
    CarbonTransferDone done;
    {
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        const ledger::LedgerAccount giver = TRY(holding_account(turn, transaction, caller, product, from));
        const ledger::LedgerAccount taker = TRY(holding_account(turn, transaction, caller, product, request.to));
        if (available_tonnes(turn, giver) < request.tonnes)
            return Error{Failure::conflict, "registry.tonnes_short", "Only {tonnes} t are free: less than asked for. Pledged and offered tonnes do not count.",
                {{"tonnes", std::to_string(available_tonnes(turn, giver))}}};
        if (const std::int64_t fresh = TRY(bought_today(transaction, caller, product.id, from)); available_tonnes(turn, giver) - fresh < request.tonnes)
            return Error{Failure::conflict, "registry.bought_today",
                "{tonnes} t were bought today and stay until tomorrow, as they could not be sold today either.", {{"tonnes", std::to_string(fresh)}}};
        done.transfer = TRY(post_tonnes(turn, caller, giver.id, taker.id, request.tonnes, request.note.value_or("transfer")));
    }
    done.serials = serials_text(product, TRY(move_serials(transaction, caller, product, {.from = from, .to = request.to, .tonnes = request.tonnes})));
    return done;
}

Result<std::int64_t> check_registry(Transaction& transaction, CheckRun& run) {
    std::int64_t examined = 0;
    for (const CarbonProduct& product : TRY(transaction.find<CarbonProduct>("ORDER BY id"))) {
        std::map<std::string, std::int64_t> numbered; // by holder
        SerialRanges all;
        std::int64_t ended = 0;
        for (const SerialBlock& block : TRY(transaction.find<SerialBlock>("product = $1 ORDER BY first", {product.id.text}))) {
            ++examined;
            if (!add_serials(all, {{block.first, block.last}}))
                run.found({"serial_block/" + block.id.text, "registry.serials_overlap",
                    "A serial number stands twice in the registry; stop, and run `greenbank verify`."});
            (block.state == BlockState::held ? numbered[block.holder.text] : ended) += block.last - block.first + 1;
        }
        const Rows rows = TRY(transaction.query("SELECT a.owner, b.balances FROM account a JOIN account_balance b ON b.account = a.number WHERE a.asset = $1 "
                                                "AND a.purpose = 'customer'",
            {product.asset.text}));
        std::map<std::string, std::int64_t> held;
        for (const auto& row : rows.rows)
            if (const auto has = ledger::parse_balances(as_text(row[1])))
                if (const std::int64_t tonnes = static_cast<std::int64_t>(ledger::posted_balance(*has) / per_tonne); tonnes != 0)
                    held[as_text(row[0])] += tonnes;
        std::erase_if(numbered, [](const auto& one) { return one.second == 0; });
        if (held != numbered)
            run.found({"carbon_product/" + product.id.text, "registry.serials_differ", "Serial numbers held are not the tonnes in the ledger."});
        if (count_of(all) != product.next_serial - 1)
            run.found(
                {"carbon_product/" + product.id.text, "registry.serials_lost", "What was issued is not what is held, retired, cancelled and surrendered."});
    }
    return examined;
}

} // namespace

Check registry_check() {
    return {"registry", "Issued = held + retired + cancelled + surrendered, by product; serial numbers held are the ledger's tonnes, none stands twice.",
        check_registry};
}

std::vector<Endpoint> holding_endpoints(ledger::Book& book) {
    return {
        // clang-format off
        {"carbon_holding_list", Method::get, "/carbon-holdings", "What one's organisation holds, with serial numbers.", Mode::read, signed_in, call(holding_list)},
        {"serial_block_list", Method::get, "/serial-blocks", "Serial numbers: one's own, or all.", Mode::read, signed_in, call(block_list)},
        {"carbon_transfer", Method::post, "/carbon-transfers", "Give tonnes to another organisation.", Mode::write, trade_carbon, call(book, carbon_transfer)},
        // clang-format on
    };
}

} // namespace greenbank::market
