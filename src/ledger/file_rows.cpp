// file_rows.cpp — texts to numbers, kinds, flags and times.
#include "ledger/file_rows.h"

#include <algorithm>

#include "kernel/text.h"
#include "ledger/file_journal.h"

namespace greenbank::ledger {

using sheets::NamedRows;
using sheets::parse_number;

namespace {

constexpr std::size_t name_bytes_max = 128;

/// A name that every file can carry.
bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= name_bytes_max &&
           std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

/// Seconds since 1970, or a time with its zone.
std::optional<Time> parse_moment(std::string_view text) {
    const auto seconds_since = parse_number<std::int64_t>(text);
    if (!seconds_since) return parse_time(text);
    constexpr std::int64_t end = 253'402'300'800; // the year 10000
    if (*seconds_since < 0 || *seconds_since >= end) return {};
    return Time{} + seconds(*seconds_since);
}

constexpr std::array<std::string_view, 3> account_columns = {"id", "asset", "flags"};

std::optional<std::uint16_t> parse_flags(std::string_view text) {
    static constexpr std::pair<std::string_view, std::uint16_t> names[] = {{"debits_must_not_exceed_credits", flag::debits_must_not_exceed_credits},
        {"credits_must_not_exceed_debits", flag::credits_must_not_exceed_debits}, {"frozen", flag::frozen}, {"debits_frozen", flag::debits_frozen}};
    std::uint16_t flags = 0;
    if (text.empty()) return flags;
    for (const std::string_view part : split(text, '+')) {
        const auto found = std::find_if(std::begin(names), std::end(names), [&](const auto& name) { return name.first == trim(part); });
        if (found == std::end(names)) return {};
        flags = static_cast<std::uint16_t>(flags | found->second);
    }
    return flags;
}

Result<AssetNumber> asset_named(Ledger& ledger, std::string_view text) {
    if (const auto known = ledger.find_asset(text)) return *known;
    const std::size_t slash = std::min(text.find('/'), text.size());
    return ledger.add_asset({std::string(text.substr(0, slash)), std::string(slash < text.size() ? text.substr(slash + 1) : std::string_view()), 0});
}

} // namespace

Result<Done> read_accounts(const std::filesystem::path& path, Ledger& ledger, Names& accounts) {
    NamedRows rows = TRY(NamedRows::open(path, account_columns, 2));
    while (!rows.too_many() && TRY(rows.next())) {
        const std::string_view id = rows[0], asset = rows[1];
        const auto flags = parse_flags(rows[2]);
        const std::size_t before = rows.problems().size();
        if (!is_name(id)) rows.fault(0, "ledger.file_name", "An id has 1 to 128 bytes and no control characters.");
        else if (accounts.find(id)) rows.fault(0, "ledger.account_twice", "This account stands here twice; take one of them out.");
        if (!is_name(asset) || asset.starts_with('/') || asset.ends_with('/'))
            rows.fault(1, "ledger.file_asset", "An asset is written CNY, CEA/2025 or CCER/project/2024.");
        if (!flags)
            rows.fault(2, "ledger.file_flags",
                "Flags are debits_must_not_exceed_credits, credits_must_not_exceed_debits, frozen and debits_frozen, joined by +; none may be empty.");
        if (rows.problems().size() > before) continue;
        const AssetNumber number = TRY(asset_named(ledger, asset));
        TRY(ledger.open_account({.id = {0, accounts.number(id) + std::uint64_t{1}}, .asset = number, .flags = *flags}));
    }
    if (!rows.problems().empty()) return invalid(std::move(rows.problems()));
    ledger.commit();
    return Done{};
}

// ---- transfers ---------------------------------------------------------------------------------------------------------

const std::array<std::string_view, 10> transfer_columns = {"id", "debit", "credit", "amount", "asset", "kind", "pending_id", "linked", "timeout_s", "at"};

namespace {

enum Column : std::size_t { id, debit, credit, amount, asset, kind, pending_id, linked, timeout_s, at };

std::optional<Kind> parse_kind(std::string_view text) {
    if (text.empty()) return Kind::posted;
    for (const Kind one : {Kind::posted, Kind::pending, Kind::post_pending, Kind::void_pending, Kind::reversal})
        if (to_text(one) == text) return one;
    return {};
}

AccountNumber account_named(std::string_view text, const Names& accounts) {
    if (const auto known = accounts.find(text)) return static_cast<AccountNumber>(*known);
    return text.empty() || text == "0" ? AccountNumber::none : AccountNumber::unknown;
}

/// False where it is no amount. One that no account could hold is a fault of the transfer, not of the file.
bool set_amount(Transfer& asked, std::string_view text) {
    const bool negative = text.starts_with('-');
    const std::string_view digits = negative ? text.substr(1) : text;
    if (text.empty()) return asked.kind != Kind::posted && asked.kind != Kind::pending;
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) return false;
    const auto parsed = parse_amount(digits);
    if (parsed) asked.amount = *parsed;
    if (negative && (!parsed || *parsed > 0)) asked.fault = Code::amount_negative;
    else if (!parsed) asked.fault = Code::amount_too_large;
    return true;
}

} // namespace

std::optional<NamedTransfer> read_transfer(NamedRows& rows, const Ledger& ledger, const Names& accounts, Names& transfers) {
    const std::size_t before = rows.problems().size();
    NamedTransfer named;
    Transfer& asked = named.transfer;

    if (const auto parsed = parse_kind(rows[kind])) asked.kind = *parsed;
    else rows.fault(kind, "ledger.file_kind", "The kind is posted, pending, post, void or reverse.");
    if (!set_amount(asked, rows[amount])) rows.fault(amount, "ledger.file_amount", "An amount is a whole number of minor units, such as 125000 for 1,250.00.");
    if (!rows[id].empty()) {
        if (!is_name(rows[id])) rows.fault(id, "ledger.file_name", "An id has 1 to 128 bytes and no control characters.");
        else {
            named.name = transfers.number(rows[id]);
            asked.id = FileJournal::id_of(*named.name);
        }
    }
    asked.debit = account_named(rows[debit], accounts);
    asked.credit = account_named(rows[credit], accounts);
    if (const std::string_view text = rows[asset]; !text.empty()) {
        const auto known = ledger.find_asset(text);
        asked.asset = known ? *known : text == "0" ? AssetNumber::none : AssetNumber::unknown;
    }
    // A post before its hold is a post of an unknown hold: the name is remembered all the same.
    const bool plain = asked.kind == Kind::posted || asked.kind == Kind::pending;
    if (const std::string_view text = rows[pending_id]; !text.empty() && (text != "0" || (!plain && transfers.find(text)))) {
        if (!is_name(text)) rows.fault(pending_id, "ledger.file_name", "An id has 1 to 128 bytes and no control characters.");
        else asked.refers_to = FileJournal::id_of(transfers.number(text));
    }
    if (rows[linked] == "1") asked.linked = true;
    else if (!rows[linked].empty() && rows[linked] != "0") rows.fault(linked, "ledger.file_linked", "Linked is 1, 0 or empty.");
    if (!rows[timeout_s].empty()) {
        if (const auto parsed = parse_number<std::uint32_t>(rows[timeout_s])) asked.timeout_seconds = *parsed;
        else rows.fault(timeout_s, "ledger.file_timeout", "A time limit is a whole number of seconds, at most 4294967295; 0 or empty is none.");
    }
    if (!rows[at].empty()) {
        if (const auto parsed = parse_moment(rows[at])) asked.at = *parsed;
        else rows.fault(at, "ledger.file_at", "A moment is written in whole seconds since 1970, or as 2026-11-20T08:00:00Z.");
    }
    if (rows.problems().size() > before) return {};
    return named;
}

} // namespace greenbank::ledger
