// sample.cpp — the sample chapter through the book.
#include "ledger/sample.h"

#include <fmt/format.h>

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

Caller loader(Time now, std::uint64_t salt) {
    return {.actor = {},
        .now = now,
        .address = {},
        .agent = {},
        .idempotency_key = {},
        .version_expected = {},
        .cookie = {},
        .random = Random(static_cast<std::uint64_t>(now.microseconds) ^ salt)};
}

Result<std::int64_t> load(Book& book, Transaction& transaction, const SampleFiles& files, Time now) {
    const Caller caller = loader(now, 0x1ED6E4);
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

Result<std::int64_t> remove(Transaction& transaction) {
    const std::int64_t others = as_integer(TRY(transaction.query("SELECT COUNT(*) FROM account WHERE sample = false")).single());
    if (others > 0) {
        TRY(transaction.execute("UPDATE organisation SET sample = false WHERE sample = true AND id IN (SELECT owner FROM account)"));
        return std::int64_t{0};
    }
    std::int64_t removed = 0;
    for (const char* table : {"asset", "account", "journal_line"})
        removed += as_integer(TRY(transaction.query(fmt::format("SELECT COUNT(*) FROM {}", table))).single());
    for (const char* table : {"statement", "hold", "account_milestone", "account_balance", "journal_line", "journal_round", "period", "account", "asset"})
        TRY(transaction.execute(fmt::format("DELETE FROM {}", table)));
    return removed;
}

} // namespace

SampleStep sample_step(Book& book) {
    return {.load = [&book](Transaction& transaction, const SampleFiles& files, Time now) { return load(book, transaction, files, now); },
        .remove = [](Transaction& transaction) { return remove(transaction); }};
}

} // namespace greenbank::ledger
