// statements.cpp — what happened on an account: on the page, and as a file.
#include <fmt/format.h>

#include "api/kept_files.h"
#include "api/words.h"
#include "ledger/decimals.h"
#include "ledger/history.h"
#include "ledger/operations.h"
#include "sheets/sheets.h"

namespace greenbank::ledger {

constexpr std::size_t file_lines_max = 200'000;

struct BalanceRequest {
    Id<LedgerAccount> id;
    std::optional<Time> at;
};
Record describe(const BalanceRequest*) {
    return {"balance_request", "The balance of an account at any moment.",
        {field<&BalanceRequest::id>("id", "Which account."), field<&BalanceRequest::at>("at", "Any moment; left out: now.")}};
}

struct BalanceView {
    Id<LedgerAccount> account;
    std::string asset_code;
    Time at;
    std::string balance, debits, credits, held_out, held_in;
};
Record describe(const BalanceView*) {
    return {"balance_view", "What was on an account at a moment.",
        {field<&BalanceView::account>("account", "Which account."), field<&BalanceView::asset_code>("asset_code", "In which asset."),
            field<&BalanceView::at>("at", "At which moment."), field<&BalanceView::balance>("balance", "Credits less debits, posted."),
            field<&BalanceView::debits>("debits", "All debits posted."), field<&BalanceView::credits>("credits", "All credits posted."),
            field<&BalanceView::held_out>("held_out", "Held to be given."), field<&BalanceView::held_in>("held_in", "Held to be received.")}};
}

struct StatementRequest {
    Id<LedgerAccount> id;
    std::optional<Date> first_day, last_day;
    std::optional<std::int64_t> before; // a line
    std::int64_t limit = 50;
};
Record describe(const StatementRequest*) {
    return {"statement_request", "Which part of an account's history.",
        {field<&StatementRequest::id>("id", "Which account."), field<&StatementRequest::first_day>("first_day", "From this day on (UTC)."),
            field<&StatementRequest::last_day>("last_day", "Up to this day (UTC)."),
            field<&StatementRequest::before>("before", "Lines before this one: the `next` of the page before.", {.min = 1}),
            field<&StatementRequest::limit>("limit", "How many lines at most.", {.min = 1, .max = 500, .defaulted = true})}};
}

struct FileRequest {
    Id<LedgerAccount> id;
    std::optional<Date> first_day, last_day;
    std::optional<std::string> format;
};
Record describe(const FileRequest*) {
    return {"statement_file_request", "A statement as a file.",
        {field<&FileRequest::id>("id", "Which account."), field<&FileRequest::first_day>("first_day", "From this day on (UTC)."),
            field<&FileRequest::last_day>("last_day", "Up to this day (UTC)."), field<&FileRequest::format>("format", "xlsx or csv.", {.max = 10})}};
}

struct StatementView {
    Id<LedgerAccount> account;
    std::string asset_code;
    std::optional<Date> first_day, last_day;
    std::string opening, debits, credits, closing;
    std::vector<StatementLine> lines; // newest first
    std::optional<std::int64_t> next;
};
Record describe(const StatementView*) {
    return {"statement_view", "What happened on an account, newest first.",
        {field<&StatementView::account>("account", "Which account."), field<&StatementView::asset_code>("asset_code", "In which asset."),
            field<&StatementView::first_day>("first_day", "From this day on."), field<&StatementView::last_day>("last_day", "Up to this day."),
            field<&StatementView::opening>("opening", "The balance before."), field<&StatementView::debits>("debits", "Debits of the time."),
            field<&StatementView::credits>("credits", "Credits of the time."), field<&StatementView::closing>("closing", "The balance at the end."),
            field<&StatementView::lines>("lines", "Its lines."), field<&StatementView::next>("next", "Ask for `before` this line to go on.")}};
}

namespace {

Result<BalanceView> account_balance(Transaction& transaction, const Caller& caller, const BalanceRequest& request) {
    AccountView account = TRY(seen_account(transaction, caller, request.id));
    Balances balances = TRY(fill_balances(account));
    if (request.at) balances = TRY(balances_after(transaction, account.number, TRY(last_line_at(transaction, account.number, *request.at))));
    const int scale = static_cast<int>(account.scale);
    return BalanceView{account.id, account.asset_code, request.at.value_or(caller.now), decimal_text(posted_balance(balances), scale),
        decimal_text(balances.debits_posted, scale), decimal_text(balances.credits_posted, scale), decimal_text(balances.debits_pending, scale),
        decimal_text(balances.credits_pending, scale)};
}

Result<StatementView> statement_get(Transaction& transaction, const Caller& caller, const StatementRequest& request) {
    const Cut cut = TRY(ledger::cut(transaction, TRY(seen_account(transaction, caller, request.id)), request.first_day, request.last_day));
    StatementView view{.account = cut.account.id,
        .asset_code = cut.account.asset_code,
        .first_day = request.first_day,
        .last_day = request.last_day,
        .opening = decimal_text(posted_balance(cut.opening), cut.scale()),
        .debits = decimal_text(cut.closing.debits_posted - cut.opening.debits_posted, cut.scale()),
        .credits = decimal_text(cut.closing.credits_posted - cut.opening.credits_posted, cut.scale()),
        .closing = decimal_text(posted_balance(cut.closing), cut.scale()),
        .lines = {},
        .next = {}};
    std::uint64_t from = cut.last;
    if (request.before && static_cast<std::uint64_t>(*request.before) <= cut.last) {
        // The line named is one of the account's own; the chain goes on from it.
        const auto named = TRY(walk_back(transaction, cut.account.number, static_cast<std::uint64_t>(*request.before), 1));
        const auto number = [&](AccountNumber account) { return static_cast<std::int64_t>(index_of(account)); };
        const bool own =
            !named.empty() && (number(named[0].entry.transfer.debit) == cut.account.number || number(named[0].entry.transfer.credit) == cut.account.number);
        if (!own) return Error{Failure::invalid, "ledger.line_not_of_account", "This line is not one of the account's; begin again without `before`."};
        from = number(named[0].entry.transfer.debit) == cut.account.number ? named[0].debit_previous : named[0].credit_previous;
    }
    Counterparties others(transaction);
    const auto limit = static_cast<std::size_t>(request.limit);
    const std::vector<StoredLine> lines = TRY(lines_of(transaction, cut, from, limit + 1));
    for (std::size_t i = 0; i < std::min(limit, lines.size()); ++i) view.lines.push_back(TRY(seen(cut, lines[i], others)));
    if (lines.size() > limit) view.next = view.lines.back().line;
    return view;
}

Result<Response> statement_export(Store& store, const Caller& caller, const FileRequest& request) {
    const bool csv = request.format && *request.format == "csv";
    if (request.format && !csv && *request.format != "xlsx") return invalid({{"format", "ledger.format_unknown", "There are xlsx and csv."}});
    std::vector<StatementLine> lines;
    std::optional<Cut> made;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        made = TRY(cut(transaction, TRY(seen_account(transaction, caller, request.id)), request.first_day, request.last_day));
        Counterparties others(transaction);
        const auto stored = TRY(lines_of(transaction, *made, made->last, file_lines_max + 1));
        if (stored.size() > file_lines_max)
            return Error{Failure::too_large, "ledger.statement_too_long", "This statement has more than {most} lines; choose fewer days.",
                {{"most", std::to_string(file_lines_max)}}};
        for (auto line = stored.rbegin(); line != stored.rend(); ++line) lines.push_back(TRY(seen(*made, *line, others)));
        return Done{};
    }));
    const Language language = caller.language;
    const auto label = [&](std::string_view name) { return word(fmt::format("field.account_statement_line.{}", name), language); };
    std::string file;
    auto table = TRY(sheets::make_table(
        [&file](std::string_view bytes) -> Result<Done> { return file += bytes, Done{}; }, csv ? sheets::Format::csv : sheets::Format::xlsx, {}));
    const std::string format = made->scale() == 0 ? "#,##0" : "#,##0." + std::string(static_cast<std::size_t>(made->scale()), '0');
    std::vector<sheets::Column> columns;
    for (const char* name : {"line", "at", "booking_date", "value_date", "kind", "counterparty_title", "counterparty"})
        columns.push_back({.title = label(name)});
    for (const char* name : {"debit", "credit", "held", "balance"}) columns.push_back({.title = label(name), .format = format});
    for (const char* name : {"note", "transfer"}) columns.push_back({.title = label(name)});
    TRY(table->sheet(word("record.statement", language), columns));
    sheets::CellRow cells;
    for (const StatementLine& line : lines) {
        cells.clear();
        cells.decimal(std::to_string(line.line));
        cells.date_time(line.at);
        cells.text(to_text(line.booking_date));
        cells.text(to_text(line.value_date));
        cells.text(word("ledger.kind." + line.kind, language));
        cells.text(line.counterparty_title.best(language));
        cells.text(line.counterparty.text);
        for (const std::optional<std::string>& amount : {line.debit, line.credit, line.held, std::optional(line.balance)})
            amount ? cells.decimal(*amount) : cells.empty();
        cells.text(line.note.value_or(""));
        cells.text(line.transfer.value_or(""));
        TRY(table->row(cells));
    }
    TRY(table->finish());
    const std::string name = fmt::format("{}-{}.{}", request.id.text, to_text(date_of(caller.now)), csv ? "csv" : "xlsx");
    return Response{.content_type = csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        .body = std::move(file),
        .headers = {{"Content-Disposition", fmt::format("attachment; filename=\"{}\"", name)}}};
}

} // namespace

std::vector<Endpoint> statement_endpoints() {
    return {
        // clang-format off
        {"account_balance", Method::get, "/ledger/accounts/{id}/balance", "The balance of an account, now or at any past time.", Mode::read, signed_in, call(account_balance)},
        {"statement_get", Method::get, "/ledger/accounts/{id}/statement", "What happened on an account, newest first, with running balances.", Mode::read, signed_in, call(statement_get)},
        {"statement_export", Method::get, "/ledger/accounts/{id}/statement/export", "The statement as xlsx or CSV.", Mode::compute, signed_in, as_file("application/octet-stream", call(statement_export))},
        // clang-format on
    };
}

} // namespace greenbank::ledger
