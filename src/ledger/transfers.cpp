// transfers.cpp — batches, single transfers, holds and reversals.
#include "ledger/transfers.h"

#include <fmt/format.h>

#include "api/words.h"
#include "ledger/decimals.h"
#include "ledger/operations.h"

namespace greenbank::ledger {

Record describe(const TransferRequest*) {
    return {"transfer_request", "A transfer that is asked for: one debit and one credit of the same asset.",
        {field<&TransferRequest::id>("id", "Chosen by the sender: transfer_ and 26 characters of Crockford's base 32, best a UUIDv7. It happens at most once."),
            field<&TransferRequest::kind>("kind", "Posted now, held as pending, or what becomes of a hold or a transfer.", {.defaulted = true}),
            field<&TransferRequest::debit>("debit", "The account that gives."), field<&TransferRequest::credit>("credit", "The account that receives."),
            field<&TransferRequest::amount>("amount", "How much, as a decimal; left out: all there is.", {.max = 42}),
            field<&TransferRequest::refers_to>("refers_to", "The hold to post or void, the transfer to reverse."),
            field<&TransferRequest::linked>("linked", "Together with the next one of the batch: all happen or none.", {.defaulted = true}),
            field<&TransferRequest::balancing>("balancing", "Move what is available, at most the amount.", {.defaulted = true}),
            field<&TransferRequest::timeout_seconds>("timeout_seconds", "A hold that is not resolved by then expires.", {.unit = "s", .min = 1, .max = 4e9}),
            field<&TransferRequest::purpose>("purpose", "A number that the sender gives a meaning.", {.min = 0, .max = 4e9}),
            field<&TransferRequest::note>("note", "What for.", {.max = 200}),
            field<&TransferRequest::booking_date>("booking_date", "The day it is booked; left out: today."),
            field<&TransferRequest::value_date>("value_date", "The day it counts from; left out: the booking date.")}};
}

Record describe(const TransferResult*) {
    return {"transfer_result", "How a transfer came out.",
        {field<&TransferResult::id>("id", "Its id."), field<&TransferResult::status>("status", "ok, exists, or the code of what is wrong."),
            field<&TransferResult::message>("message", "What is wrong, in words."), field<&TransferResult::line>("line", "The line of the journal."),
            field<&TransferResult::amount>("amount", "What moved or is held."),
            field<&TransferResult::debit_balance>("debit_balance", "The giver's balance afterwards."),
            field<&TransferResult::credit_balance>("credit_balance", "The receiver's balance afterwards.")}};
}

struct TransferBatch {
    std::vector<TransferRequest> transfers;
};
Record describe(const TransferBatch*) {
    return {"transfer_batch", "Transfers that are judged in order, each by itself but for linked ones.",
        {field<&TransferBatch::transfers>("transfers", "At most 8,190.", {.min = 1, .max = batch_size_max})}};
}

struct BatchResult {
    std::int64_t accepted = 0;
    std::vector<TransferResult> results;
};
Record describe(const BatchResult*) {
    return {"batch_result", "How the transfers of a batch came out, in their order.",
        {field<&BatchResult::accepted>("accepted", "How many happened, now or before."), field<&BatchResult::results>("results", "One each.")}};
}

struct Resolution {
    Id<TransferName> id; // the hold's or the original's
    std::optional<std::string> amount, note;
};
Record describe(const Resolution*) {
    return {"transfer_resolution", "What becomes of a hold or a transfer.",
        {field<&Resolution::id>("id", "The hold or the transfer."),
            field<&Resolution::amount>("amount", "How much of it, as a decimal; left out: all.", {.max = 42}),
            field<&Resolution::note>("note", "Why.", {.max = 200})}};
}

struct TransferKey {
    Id<TransferName> id;
};
Record describe(const TransferKey*) { return {"transfer_key", "Names a transfer.", {field<&TransferKey::id>("id", "Its id.")}}; }

struct TransferView {
    std::string id, kind, asset_code, amount;
    std::int64_t line = 0;
    Id<LedgerAccount> debit, credit;
    std::string debit_balance, credit_balance;
    std::optional<std::string> refers_to, note;
    Time at;
    Date booking_date, value_date;
};
Record describe(const TransferView*) {
    return {"transfer", "A line of the journal.",
        {field<&TransferView::id>("id", "The transfer's id."), field<&TransferView::kind>("kind", "What it did."),
            field<&TransferView::line>("line", "Its number in the journal."), field<&TransferView::debit>("debit", "The account that gave."),
            field<&TransferView::credit>("credit", "The account that received."), field<&TransferView::asset_code>("asset_code", "Of which asset."),
            field<&TransferView::amount>("amount", "How much."), field<&TransferView::debit_balance>("debit_balance", "The giver's balance afterwards."),
            field<&TransferView::credit_balance>("credit_balance", "The receiver's balance afterwards."),
            field<&TransferView::refers_to>("refers_to", "The hold or transfer it refers to."), field<&TransferView::note>("note", "What for."),
            field<&TransferView::at>("at", "When."), field<&TransferView::booking_date>("booking_date", "The day it is booked."),
            field<&TransferView::value_date>("value_date", "The day it counts from.")}};
}

struct HoldView {
    std::string id;
    std::int64_t line = 0;
    Id<LedgerAccount> debit, credit;
    std::string asset_code, amount;
    std::optional<Time> expires_at;
};
Record describe(const HoldView*) {
    return {"hold", "A pending transfer that is open.",
        {field<&HoldView::id>("id", "The transfer's id."), field<&HoldView::line>("line", "Its line in the journal."),
            field<&HoldView::debit>("debit", "The account that will give."), field<&HoldView::credit>("credit", "The account that will receive."),
            field<&HoldView::asset_code>("asset_code", "Of which asset."), field<&HoldView::amount>("amount", "How much is held."),
            field<&HoldView::expires_at>("expires_at", "When it is over.")}};
}

namespace {

constexpr Kind engine_kinds[] = {Kind::posted, Kind::pending, Kind::post_pending, Kind::void_pending, Kind::reversal};

/// The asset's places where an account is known; else as many as there can be, since the engine refuses the transfer anyway.
int scale_of(const Book::Turn& turn, const Transfer& transfer) {
    for (const AccountNumber account : {transfer.debit, transfer.credit})
        if (index_of(account) < turn.ledger().account_count()) return turn.scale(account);
    return asset_scale_max;
}

} // namespace

std::optional<Asked> read_request(const Book::Turn& turn, const TransferRequest& request, Time now, const std::string& path, Problems& problems) {
    Asked asked;
    Transfer& transfer = asked.transfer;
    const std::size_t problems_before = problems.size();
    const auto id_of = [&](const Id<TransferName>& id, const char* field) {
        const auto read = parse_transfer_id(id.text);
        if (!read)
            problems.push_back({path + field, "ledger.id_malformed", "A transfer's id is transfer_ and 26 characters of Crockford's base 32, best a UUIDv7."});
        return read.value_or(TransferId{});
    };
    transfer.id = id_of(request.id, "id");
    if (request.refers_to) transfer.refers_to = id_of(*request.refers_to, "refers_to");
    transfer.kind = engine_kinds[static_cast<std::size_t>(request.kind)];
    if (request.debit) transfer.debit = turn.account(request.debit->text);
    if (request.credit) transfer.credit = turn.account(request.credit->text);
    if (request.amount) {
        const std::string_view text = *request.amount;
        if (request.refers_to && !request.debit && !request.credit)
            problems.push_back(
                {path + "amount", "ledger.account_needed", "Name the debit or the credit account, so that it is known how many places the amount has."});
        const auto amount = parse_decimal(text, scale_of(turn, transfer));
        if (!amount) {
            if (parse_decimal(text, 0) || text.find_first_not_of("0123456789.+-") != std::string_view::npos || text.size() < 30)
                problems.push_back(
                    {path + "amount", "ledger.amount_malformed", "Write an amount in digits with at most {scale} places after the point, like {example}.",
                        {{"scale", std::to_string(scale_of(turn, transfer))},
                            {"example", decimal_text(SignedAmount{125'000}, std::min(scale_of(turn, transfer), 6))}}});
            else transfer.fault = Code::amount_too_large;
        } else if (*amount < 0) transfer.fault = Code::amount_negative;
        else transfer.amount = static_cast<Amount>(*amount);
    }
    transfer.linked = request.linked;
    transfer.balancing = static_cast<std::uint8_t>(request.balancing);
    transfer.timeout_seconds = static_cast<std::uint32_t>(request.timeout_seconds.value_or(0));
    transfer.purpose = static_cast<std::uint32_t>(request.purpose.value_or(0));
    if (request.booking_date) transfer.booking_date = *request.booking_date;
    if (request.value_date) transfer.value_date = *request.value_date;
    transfer.at = now;
    asked.note = request.note.value_or("");
    if (problems.size() > problems_before) return {};
    return asked;
}

TransferResult result_of(const Book::Turn& turn, const Posted& posted, Language language) {
    TransferResult result{.id = to_text(posted.transfer.id),
        .status = std::string(to_text(posted.outcome.code)),
        .message = {},
        .line = {},
        .amount = {},
        .debit_balance = {},
        .credit_balance = {}};
    if (posted.outcome.number) result.line = static_cast<std::int64_t>(posted.outcome.number);
    if (posted.outcome.code != Code::ok && posted.outcome.code != Code::exists)
        result.message = sentence("ledger." + result.status, sentence_of(posted.outcome.code), {}, language);
    const int scale = scale_of(turn, posted.transfer);
    if (posted.outcome.code == Code::ok) result.amount = decimal_text(posted.transfer.amount, scale);
    if (index_of(posted.transfer.debit) < turn.ledger().account_count()) result.debit_balance = decimal_text(posted_balance(posted.debit), scale);
    if (index_of(posted.transfer.credit) < turn.ledger().account_count()) result.credit_balance = decimal_text(posted_balance(posted.credit), scale);
    return result;
}

Result<Done> check_posted(const Posted& posted) {
    if (posted.outcome.code == Code::ok || posted.outcome.code == Code::exists) return Done{};
    return Error{Failure::conflict, "ledger." + std::string(to_text(posted.outcome.code)), std::string(sentence_of(posted.outcome.code))};
}

Result<Posted> post_one(Book::Turn& turn, const Asked& asked) {
    std::vector<Posted> posted = TRY(turn.post({&asked, 1}));
    TRY(check_posted(posted.front()));
    return std::move(posted.front());
}

namespace {

Result<std::vector<TransferResult>> post_all(Book& book, Transaction& transaction, const Caller& caller, const std::vector<TransferRequest>& requests) {
    Book::Turn turn = TRY(book.turn(transaction, caller));
    Problems problems;
    std::vector<Asked> batch;
    batch.reserve(requests.size());
    for (std::size_t i = 0; i < requests.size() && problems.size() < 100; ++i)
        if (auto asked = read_request(turn, requests[i], caller.now, fmt::format("transfers[{}].", i), problems)) batch.push_back(std::move(*asked));
    if (!problems.empty()) return invalid(std::move(problems));
    std::vector<TransferResult> results;
    results.reserve(batch.size());
    for (const Posted& posted : TRY(turn.post(batch))) results.push_back(result_of(turn, posted, caller.language));
    return results;
}

Result<StoredLine> line_with(Transaction& transaction, const std::string& id) {
    const Rows rows = TRY(transaction.query("SELECT " + line_column_list() + " FROM journal_line WHERE id = $1", {id}));
    if (rows.empty()) return Error{Failure::not_found, "ledger.transfer_unknown", "There is no such transfer."};
    return line_of(rows.rows[0]);
}

Result<AccountView> account_numbered(Transaction& transaction, AccountNumber number) {
    auto account = TRY(transaction.find_one<AccountView>("number = $1", {static_cast<std::int64_t>(index_of(number))}));
    if (!account) return Error{Failure::internal, "ledger.account_unknown", "There is no such account."};
    return std::move(*account);
}

Result<TransferView> transfer_get(Transaction& transaction, const Caller& caller, const TransferKey& key) {
    const StoredLine line = TRY(line_with(transaction, key.id.text));
    const Transfer& did = line.entry.transfer;
    const AccountView debit = TRY(account_numbered(transaction, did.debit)), credit = TRY(account_numbered(transaction, did.credit));
    if (!may_see(caller, debit) && !may_see(caller, credit)) return Error{Failure::not_found, "ledger.transfer_unknown", "There is no such transfer."};
    const int scale = static_cast<int>(debit.scale);
    TransferView view{.id = key.id.text,
        .kind = std::string(to_text(did.kind)),
        .asset_code = debit.asset_code,
        .amount = decimal_text(did.amount, scale),
        .line = static_cast<std::int64_t>(line.entry.number),
        .debit = debit.id,
        .credit = credit.id,
        .debit_balance = {},
        .credit_balance = {},
        .refers_to = {},
        .note = {},
        .at = did.at,
        .booking_date = did.booking_date,
        .value_date = did.value_date};
    // Each side sees its own balance only.
    if (may_see(caller, debit)) view.debit_balance = decimal_text(posted_balance(line.entry.debit_after), scale);
    if (may_see(caller, credit)) view.credit_balance = decimal_text(posted_balance(line.entry.credit_after), scale);
    if (!did.refers_to.empty()) view.refers_to = to_text(did.refers_to);
    if (!line.note.empty()) view.note = line.note;
    return view;
}

Result<Page<HoldView>> hold_list(Transaction& transaction, const Caller& caller) {
    const bool all = caller.actor.may(read_ledger);
    const Rows rows = TRY(transaction.query(
        "SELECT h.id, h.number, d.id, c.id, d.asset_code, h.amount, h.expires_at, d.scale FROM hold h JOIN account_view d ON d.number = h.debit "
        "JOIN account_view c ON c.number = h.credit WHERE $1 = 1 OR d.owner = $2 OR c.owner = $2 ORDER BY h.number DESC LIMIT 1000",
        {std::int64_t{all}, caller.actor.organisation}));
    Page<HoldView> page;
    for (const auto& row : rows.rows) {
        HoldView view{.id = as_text(row[0]),
            .line = as_integer(row[1]),
            .debit = Id<LedgerAccount>(as_text(row[2])),
            .credit = Id<LedgerAccount>(as_text(row[3])),
            .asset_code = as_text(row[4]),
            .amount = decimal_text(parse_amount(as_text(row[5])).value_or(0), static_cast<int>(as_integer(row[7]))),
            .expires_at = {}};
        if (!is_null(row[6])) view.expires_at = Time{as_integer(row[6])};
        page.items.push_back(std::move(view));
    }
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

/// Post, void, reverse: the accounts and the scale follow from what is referred to.
Result<TransferResult> resolve(Book& book, Transaction& transaction, const Caller& caller, const Resolution& resolution, Kind kind) {
    const StoredLine line = TRY(line_with(transaction, resolution.id.text));
    Book::Turn turn = TRY(book.turn(transaction, caller));
    Asked asked{.transfer = {.id = *parse_transfer_id(make_id(TransferName::id_prefix, caller.now, caller.random)),
                    .refers_to = line.entry.transfer.id,
                    .kind = kind,
                    .at = caller.now},
        .note = resolution.note.value_or("")};
    if (resolution.amount) {
        const int scale = turn.scale(line.entry.transfer.debit);
        const auto amount = parse_decimal(*resolution.amount, scale);
        if (!amount || *amount <= 0)
            return invalid({{"amount", "ledger.amount_malformed", "Write an amount in digits with at most {scale} places after the point, like {example}.",
                {{"scale", std::to_string(scale)}, {"example", decimal_text(SignedAmount{125'000}, scale)}}}});
        asked.transfer.amount = static_cast<Amount>(*amount);
    }
    return result_of(turn, TRY(post_one(turn, asked)), caller.language);
}

} // namespace

std::vector<Endpoint> transfer_endpoints(Book& book) {
    // Each transfer's id makes it happen once: a batch that is sent again is judged again, and says that they exist. An answer of two
    // megabytes is not worth keeping besides, whatever the Idempotency-Key.
    const auto batch = [&book](Transaction& transaction, const Caller& caller, const TransferBatch& asked) -> Result<Reply<BatchResult>> {
        BatchResult result{.results = TRY(post_all(book, transaction, caller, asked.transfers))};
        for (const TransferResult& one : result.results) result.accepted += one.line ? 1 : 0;
        return Reply<BatchResult>{.body = std::move(result), .keep = false};
    };
    const auto single = [&book](Transaction& transaction, const Caller& caller, const TransferRequest& asked) -> Result<TransferResult> {
        Book::Turn turn = TRY(book.turn(transaction, caller));
        Problems problems;
        const auto read = read_request(turn, asked, caller.now, "", problems);
        if (!read) return invalid(std::move(problems));
        return result_of(turn, TRY(post_one(turn, *read)), caller.language);
    };
    const auto resolving = [&book](Kind kind) {
        return [&book, kind](Transaction& transaction, const Caller& caller, const Resolution& resolution) -> Result<TransferResult> {
            return resolve(book, transaction, caller, resolution, kind);
        };
    };
    return {
        // clang-format off
        {"transfer_batch", Method::post, "/ledger/transfers", "Up to 8,190 transfers in order, each with its own outcome; an id happens at most once.", Mode::write, post_batches, call(batch)},
        {"transfer_create", Method::post, "/ledger/transfer", "One transfer, refused as a whole where it cannot happen.", Mode::write, post_batches, call(single)},
        {"transfer_get", Method::get, "/ledger/transfers/{id}", "One transfer.", Mode::read, signed_in, call(transfer_get)},
        {"transfer_reverse", Method::post, "/ledger/transfers/{id}/reverse", "Take back a transfer, whole or in part, by another one.", Mode::write, write_ledger, call(resolving(Kind::reversal))},
        {"hold_list", Method::get, "/ledger/holds", "Pending transfers that are open.", Mode::read, signed_in, call(hold_list)},
        {"hold_post", Method::post, "/ledger/holds/{id}/post", "Post a hold, whole or in part; the rest is released.", Mode::write, write_ledger, call(resolving(Kind::post_pending))},
        {"hold_void", Method::post, "/ledger/holds/{id}/void", "Release a hold.", Mode::write, write_ledger, call(resolving(Kind::void_pending))},
        // clang-format on
    };
}

} // namespace greenbank::ledger
