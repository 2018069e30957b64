// sample.cpp — the sample chapter through the book.
#include "ledger/sample.h"

#include <fmt/format.h>

#include "api/nobody.h"
#include "ledger/decimals.h"
#include "ledger/transfers.h"
#include "json/json.h"

namespace greenbank::ledger {

namespace {

template <class T> Result<std::vector<T>> read_all(const SampleFiles& files) {
    std::vector<T> all;
    for (const EmbeddedFile& file : files) {
        auto read = read_json_list(file.bytes(), record_of<T>(), [](void* list) -> void* { return &static_cast<std::vector<T>*>(list)->emplace_back(); }, &all,
            {.accept_read_only = true});
        if (!read) {
            read.error().message = fmt::format("{}: {}", file.path, read.error().message);
            return read.error();
        }
    }
    return all;
}

Result<std::int64_t> load(Book& book, Transaction& transaction, const SampleFiles& files, Time now) {
    const Caller caller = nobody(now, static_cast<std::uint64_t>(now.microseconds) ^ 0x1ED6E4);
    std::int64_t loaded = 0;
    Book::Turn turn = TRY(book.turn(transaction, caller));
    for (LedgerAsset& asset : TRY(read_all<LedgerAsset>(files_in(files, "ledger/assets")))) {
        if (turn.asset(asset.id.text) != AssetNumber::unknown) continue;
        asset.created_at = now;
        TRY(turn.add_asset(asset));
        ++loaded;
    }
    for (LedgerAccount& account : TRY(read_all<LedgerAccount>(files_in(files, "ledger/accounts")))) {
        if (turn.account(account.id.text) != AccountNumber::unknown) continue;
        account.created_at = account.updated_at = now;
        TRY(turn.open_account(account));
        ++loaded;
    }
    // Each on its own day, as far as the ledger's clock has not passed it; linked ones are one batch.
    std::vector<Asked> batch;
    for (const TransferRequest& request : TRY(read_all<TransferRequest>(files_in(files, "ledger/transfers")))) {
        const Time day{std::int64_t{request.booking_date.value_or(date_of(now)).days} * days(1).microseconds};
        Problems problems;
        auto asked = read_request(turn, request, day + hours(2), request.id.text + ".", problems);
        if (!asked) return invalid(std::move(problems));
        batch.push_back(std::move(*asked));
        if (request.linked) continue;
        for (const Posted& posted : TRY(turn.post(batch))) {
            TRY(check_posted(posted));
            loaded += posted.outcome.code == Code::ok ? 1 : 0;
        }
        batch.clear();
    }
    return loaded;
}

/// Whether anybody has written in the ledger: then its records stand in the audit trail, and so in the transparency log.
Result<bool> untouched(Transaction& transaction) {
    for (const char* written : {"audit_entry WHERE CAST(changes AS TEXT) LIKE '%journal_round%'", "account WHERE sample = false", "asset WHERE sample = false",
             "transfer_order WHERE sample = false", "exchange_rate WHERE sample = false", "maker_limit", "statement", "period"})
        if (!TRY(transaction.query(fmt::format("SELECT 1 FROM {}{}", written, " LIMIT 1"))).empty()) return false;
    return true;
}

Result<std::int64_t> empty(Transaction& transaction) {
    std::int64_t removed = 0;
    for (const char* table : {"asset", "account", "journal_line"})
        removed += as_integer(TRY(transaction.query(fmt::format("SELECT COUNT(*) FROM {}", table))).single());
    for (const char* table : {"hold", "account_milestone", "account_balance", "journal_line", "journal_round", "account", "asset"})
        TRY(transaction.execute(fmt::format("DELETE FROM {}", table)));
    return removed;
}

/// Backwards, so that each account gives back before it needs what it gave. What is refused is left as it is.
Result<std::int64_t> take_back(Book& book, Transaction& transaction, const SampleFiles& files, Time now) {
    const Caller caller = nobody(now, static_cast<std::uint64_t>(now.microseconds) ^ 0x7A6EBAC);
    std::int64_t removed = 0;
    Book::Turn turn = TRY(book.turn(transaction, caller));
    std::vector<TransferRequest> requests = TRY(read_all<TransferRequest>(files_in(files, "ledger/transfers")));
    for (auto request = requests.rbegin(); request != requests.rend(); ++request) {
        const bool hold = request->kind == TransferKind::pending;
        if (!hold && request->kind != TransferKind::posted && request->kind != TransferKind::post) continue;
        const Asked asked{.transfer = {.id = *parse_transfer_id(make_id(TransferName::id_prefix, now, caller.random)),
                              .refers_to = *parse_transfer_id(request->id.text),
                              .kind = hold ? Kind::void_pending : Kind::reversal,
                              .at = now},
            .note = ""};
        removed += TRY(turn.post({&asked, 1})).front().outcome.code == Code::ok ? 1 : 0;
    }
    for (LedgerAccount& account : TRY(transaction.find<LedgerAccount>("sample = true ORDER BY number"))) {
        if (account.state == AccountStanding::closed) continue;
        const Balances& has = turn.ledger().balances(static_cast<AccountNumber>(account.number));
        if (has.debits_pending + has.credits_pending > 0 || posted_balance(has) != 0) continue;
        account.state = AccountStanding::closed;
        account.updated_at = now;
        TRY(turn.change_account(account));
        ++removed;
    }
    TRY(transaction.execute("UPDATE organisation SET sample = false WHERE sample = true AND id IN (SELECT owner FROM account)"));
    return removed;
}

} // namespace

SampleStep sample_step(Book& book) {
    return {.load = [&book](Transaction& transaction, const SampleFiles& files, Time now) { return load(book, transaction, files, now); },
        .remove = [&book](Transaction& transaction, const SampleFiles& files, Time now) -> Result<std::int64_t> {
            if (TRY(untouched(transaction))) return empty(transaction);
            return take_back(book, transaction, files, now);
        }};
}

} // namespace greenbank::ledger
