// transfers.h — transfers as programs ask for them over HTTP, and how they came out.
#pragma once

#include "api/api.h"
#include "ledger/book.h"

namespace greenbank::ledger {

/// An id without a record of its own: a line of the journal bears it.
struct TransferName {
    static constexpr std::string_view id_prefix = "transfer";
};

enum class TransferKind { posted, pending, post, void_, reverse };
enum class Balancing { none, debit, credit, both };

struct TransferRequest {
    Id<TransferName> id;
    TransferKind kind = TransferKind::posted;
    std::optional<Id<LedgerAccount>> debit, credit;
    std::optional<std::string> amount; // decimal; absent: all there is (post, void, reverse, balancing)
    std::optional<Id<TransferName>> refers_to;
    bool linked = false;
    Balancing balancing = Balancing::none;
    std::optional<std::int64_t> timeout_seconds, purpose;
    std::optional<std::string> note;
    std::optional<Date> booking_date, value_date;
};
Record describe(const TransferRequest*);

struct TransferResult {
    std::string id, status; // "ok", "exists" or a code
    std::optional<std::string> message;
    std::optional<std::int64_t> line;
    std::optional<std::string> amount, debit_balance, credit_balance;
};
Record describe(const TransferResult*);

/// The request for the engine; what is written wrongly is a problem at `path`.
std::optional<Asked> read_request(const Book::Turn& turn, const TransferRequest& request, Time now, const std::string& path, Problems& problems);
TransferResult result_of(const Book::Turn& turn, const Posted& posted, Language language);
/// Failure::conflict "ledger.<code>" unless the transfer happened, now or before.
Result<Done> check_posted(const Posted& posted);
/// One transfer that must happen; for operations of this room and others.
Result<Posted> post_one(Book::Turn& turn, const Asked& asked);

} // namespace greenbank::ledger

template <> struct greenbank::Choices<greenbank::ledger::TransferKind> {
    static constexpr std::string_view name = "transfer_kind";
    static constexpr std::string_view values[] = {"posted", "pending", "post", "void", "reverse"};
};
template <> struct greenbank::Choices<greenbank::ledger::Balancing> {
    static constexpr std::string_view name = "balancing";
    static constexpr std::string_view values[] = {"none", "debit", "credit", "both"};
};
