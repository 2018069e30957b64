// statements.cpp — what happened on an account: on the page, as a file, on paper with a code that anybody can check.
#include <map>

#include <fmt/format.h>

#include "api/kept_files.h"
#include "api/words.h"
#include "ledger/decimals.h"
#include "ledger/operations.h"
#include "paper/paper.h"
#include "parties/secrets.h"
#include "sheets/sheets.h"

namespace greenbank::ledger {

constexpr std::size_t paper_lines_max = 20'000;
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

struct StatementLine {
    std::int64_t line = 0;
    Time at;
    Date booking_date, value_date;
    std::string kind;
    std::optional<std::string> transfer, refers_to, note;
    Id<LedgerAccount> counterparty;
    Text counterparty_title;
    std::optional<std::string> debit, credit, held;
    std::string balance;
};
Record describe(const StatementLine*) {
    return {"account_statement_line", "One line of the journal, seen from the account.",
        {field<&StatementLine::line>("line", "Its number in the journal."), field<&StatementLine::at>("at", "When it happened."),
            field<&StatementLine::booking_date>("booking_date", "The day it is booked."), field<&StatementLine::value_date>("value_date", "The day it counts from."),
            field<&StatementLine::kind>("kind", "What it did."), field<&StatementLine::transfer>("transfer", "The transfer's id; an expiry has none."),
            field<&StatementLine::refers_to>("refers_to", "The hold or transfer it refers to."), field<&StatementLine::note>("note", "What for."),
            field<&StatementLine::counterparty>("counterparty", "The account on the other side."),
            field<&StatementLine::counterparty_title>("counterparty_title", "What that is called."),
            field<&StatementLine::debit>("debit", "What the account gave."), field<&StatementLine::credit>("credit", "What it received."),
            field<&StatementLine::held>("held", "What is held, or released."), field<&StatementLine::balance>("balance", "The balance afterwards.")}};
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

struct StatementKey {
    Id<IssuedStatement> id;
};
Record describe(const StatementKey*) { return {"statement_key", "Names an issued statement.", {field<&StatementKey::id>("id", "Its code.")}}; }

struct IssueRequest {
    Id<LedgerAccount> id;
    Date first_day, last_day;
};
Record describe(const IssueRequest*) {
    return {"statement_issue", "Issues a statement on paper.",
        {field<&IssueRequest::id>("id", "Which account."), field<&IssueRequest::first_day>("first_day", "Its first day (UTC)."),
            field<&IssueRequest::last_day>("last_day", "Its last day (UTC); it must be over.")}};
}

struct StatementCheck {
    IssuedStatement statement;
    Text account_title, owner_name;
    std::string asset_code;
    bool holds = false;
};
Record describe(const StatementCheck*) {
    return {"statement_check", "What a statement's code stands for, and whether the ledger still says so.",
        {field<&StatementCheck::statement>("statement", "As it was issued."), field<&StatementCheck::account_title>("account_title", "What the account is called."),
            field<&StatementCheck::owner_name>("owner_name", "Whose it is."), field<&StatementCheck::asset_code>("asset_code", "In which asset."),
            field<&StatementCheck::holds>("holds", "The ledger has the very lines that the digest covers.")}};
}

namespace {

Time begin_of(Date day) { return {std::int64_t{day.days} * days(1).microseconds}; }
Time end_of(Date day) { return {(std::int64_t{day.days} + 1) * days(1).microseconds - 1}; }
constexpr Time last_moment{std::numeric_limits<std::int64_t>::max()};

/// What an account's history is cut out of.
struct Cut {
    AccountView account;
    Balances opening, closing;
    std::uint64_t before_first = 0; // the account's last line before the time; 0: none
    std::uint64_t last = 0;         // its last line in the time
    int scale() const { return static_cast<int>(account.scale); }
};

Result<Balances> balances_after(Transaction& transaction, std::int64_t account, std::uint64_t line) {
    if (line == 0) return Balances{};
    const auto lines = TRY(walk_back(transaction, account, line, 1));
    if (lines.empty()) return Balances{};
    const Entry& entry = lines.front().entry;
    return static_cast<std::int64_t>(index_of(entry.transfer.debit)) == account ? entry.debit_after : entry.credit_after;
}

Result<Cut> cut(Transaction& transaction, AccountView account, const std::optional<Date>& first_day, const std::optional<Date>& last_day) {
    if (first_day && last_day && *last_day < *first_day)
        return invalid({{"last_day", "ledger.days_reversed", "The last day is before the first; exchange them."}});
    Cut cut{.account = std::move(account), .opening = {}, .closing = {}};
    const std::int64_t number = cut.account.number;
    if (first_day) cut.before_first = TRY(last_line_at(transaction, number, {begin_of(*first_day).microseconds - 1}));
    cut.last = TRY(last_line_at(transaction, number, last_day ? end_of(*last_day) : last_moment));
    cut.opening = TRY(balances_after(transaction, number, cut.before_first));
    cut.closing = TRY(balances_after(transaction, number, cut.last));
    return cut;
}

/// At most `limit` lines backwards from `line`, none of before the time. Walks in pieces.
Result<std::vector<StoredLine>> lines_of(Transaction& transaction, const Cut& cut, std::uint64_t line, std::size_t limit) {
    std::vector<StoredLine> all;
    while (line > cut.before_first && all.size() < limit) {
        std::vector<StoredLine> some = TRY(walk_back(transaction, cut.account.number, line, std::min<std::size_t>(limit - all.size(), 2'000)));
        if (some.empty()) break;
        for (StoredLine& one : some) {
            if (one.entry.number <= cut.before_first) return all;
            const bool gives = static_cast<std::int64_t>(index_of(one.entry.transfer.debit)) == cut.account.number;
            line = gives ? one.debit_previous : one.credit_previous;
            all.push_back(std::move(one));
        }
    }
    return all;
}

/// Titles of the other sides, each asked for once.
class Counterparties {
public:
    explicit Counterparties(Transaction& transaction) : transaction_(transaction) {}
    Result<std::pair<Id<LedgerAccount>, Text>> of(AccountNumber number) {
        if (const auto known = known_.find(number); known != known_.end()) return known->second;
        const auto account = TRY(transaction_.find_one<LedgerAccount>("number = $1", {static_cast<std::int64_t>(index_of(number))}));
        std::pair<Id<LedgerAccount>, Text> made;
        if (account) made = {account->id, account->title};
        known_[number] = made;
        return made;
    }

private:
    Transaction& transaction_;
    std::map<AccountNumber, std::pair<Id<LedgerAccount>, Text>> known_;
};

Result<StatementLine> seen(const Cut& cut, const StoredLine& stored, Counterparties& others) {
    const Transfer& did = stored.entry.transfer;
    const bool gives = static_cast<std::int64_t>(index_of(did.debit)) == cut.account.number;
    const Balances& after = gives ? stored.entry.debit_after : stored.entry.credit_after;
    StatementLine line{.line = static_cast<std::int64_t>(stored.entry.number), .at = did.at, .booking_date = did.booking_date, .value_date = did.value_date,
        .kind = std::string(to_text(did.kind)), .transfer = {}, .refers_to = {}, .note = {}, .counterparty = {}, .counterparty_title = {}, .debit = {}, .credit = {}, .held = {},
        .balance = decimal_text(posted_balance(after), cut.scale())};
    std::tie(line.counterparty, line.counterparty_title) = TRY(others.of(gives ? did.credit : did.debit));
    if (!did.id.empty()) line.transfer = to_text(did.id);
    if (!did.refers_to.empty()) line.refers_to = to_text(did.refers_to);
    if (!stored.note.empty()) line.note = stored.note;
    const std::string amount = decimal_text(did.amount, cut.scale());
    if (did.kind == Kind::posted || did.kind == Kind::post_pending || did.kind == Kind::reversal) (gives ? line.debit : line.credit) = amount;
    else line.held = (did.kind == Kind::pending ? "" : "-") + amount;
    return line;
}

std::string digest_of(const Cut& cut, const std::vector<StoredLine>& newest_first) {
    std::string sealed = fmt::format("{}\t{}\t{}\n", cut.account.id.text, to_text(cut.opening), to_text(cut.closing));
    for (auto line = newest_first.rbegin(); line != newest_first.rend(); ++line) append_canonical(sealed, row_of(*line));
    return to_hex(parties::bytes_of(parties::sha256(std::array<std::string_view, 1>{sealed})));
}

Result<BalanceView> account_balance(Transaction& transaction, const Caller& caller, const BalanceRequest& request) {
    AccountView account = TRY(seen_account(transaction, caller, request.id));
    Balances balances = TRY(fill_balances(account));
    if (request.at) balances = TRY(balances_after(transaction, account.number, TRY(last_line_at(transaction, account.number, *request.at))));
    const int scale = static_cast<int>(account.scale);
    return BalanceView{account.id, account.asset_code, request.at.value_or(caller.now), decimal_text(posted_balance(balances), scale), decimal_text(balances.debits_posted, scale),
        decimal_text(balances.credits_posted, scale), decimal_text(balances.debits_pending, scale), decimal_text(balances.credits_pending, scale)};
}

Result<StatementView> statement_get(Transaction& transaction, const Caller& caller, const StatementRequest& request) {
    const Cut cut = TRY(ledger::cut(transaction, TRY(seen_account(transaction, caller, request.id)), request.first_day, request.last_day));
    StatementView view{.account = cut.account.id, .asset_code = cut.account.asset_code, .first_day = request.first_day, .last_day = request.last_day,
        .opening = decimal_text(posted_balance(cut.opening), cut.scale()), .debits = decimal_text(cut.closing.debits_posted - cut.opening.debits_posted, cut.scale()),
        .credits = decimal_text(cut.closing.credits_posted - cut.opening.credits_posted, cut.scale()), .closing = decimal_text(posted_balance(cut.closing), cut.scale()),
        .lines = {}, .next = {}};
    std::uint64_t from = cut.last;
    if (request.before && static_cast<std::uint64_t>(*request.before) <= cut.last) {
        // The line named is one of the account's own; the chain goes on from it.
        const auto named = TRY(walk_back(transaction, cut.account.number, static_cast<std::uint64_t>(*request.before), 1));
        const auto number = [&](AccountNumber account) { return static_cast<std::int64_t>(index_of(account)); };
        const bool own = !named.empty() && (number(named[0].entry.transfer.debit) == cut.account.number || number(named[0].entry.transfer.credit) == cut.account.number);
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

std::string text_of(const std::optional<std::string>& text) { return text.value_or(""); }

Result<Response> statement_export(Store& store, const Caller& caller, const FileRequest& request) {
    const bool csv = request.format && *request.format == "csv";
    if (request.format && !csv && *request.format != "xlsx") return invalid({{"format", "ledger.format_unknown", "There are xlsx and csv."}});
    std::vector<StatementLine> lines;
    std::optional<Cut> made;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        made = TRY(cut(transaction, TRY(seen_account(transaction, caller, request.id)), request.first_day, request.last_day));
        Counterparties others(transaction);
        const auto stored = TRY(lines_of(transaction, *made, made->last, file_lines_max + 1));
        if (stored.size() > file_lines_max) return Error{Failure::too_large, "ledger.statement_too_long", "This statement has more than {most} lines; choose fewer days.", {{"most", std::to_string(file_lines_max)}}};
        for (auto line = stored.rbegin(); line != stored.rend(); ++line) lines.push_back(TRY(seen(*made, *line, others)));
        return Done{};
    }));
    const Language language = caller.language;
    const auto label = [&](std::string_view name) { return word(fmt::format("field.account_statement_line.{}", name), language); };
    std::string file;
    auto table = TRY(sheets::make_table([&file](std::string_view bytes) -> Result<Done> { return file += bytes, Done{}; }, csv ? sheets::Format::csv : sheets::Format::xlsx, {}));
    const std::string format = made->scale() == 0 ? "#,##0" : "#,##0." + std::string(static_cast<std::size_t>(made->scale()), '0');
    std::vector<sheets::Column> columns;
    for (const char* name : {"line", "at", "booking_date", "value_date", "kind", "counterparty_title", "counterparty"}) columns.push_back({.title = label(name)});
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
        for (const std::optional<std::string>& amount : {line.debit, line.credit, line.held, std::optional(line.balance)}) amount ? cells.decimal(*amount) : cells.empty();
        cells.text(text_of(line.note));
        cells.text(text_of(line.transfer));
        TRY(table->row(cells));
    }
    TRY(table->finish());
    const std::string name = fmt::format("{}-{}.{}", request.id.text, to_text(date_of(caller.now)), csv ? "csv" : "xlsx");
    return Response{.content_type = csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", .body = std::move(file),
        .headers = {{"Content-Disposition", fmt::format("attachment; filename=\"{}\"", name)}}};
}

Result<Reply<IssuedStatement>> statement_issue(Transaction& transaction, const Caller& caller, const IssueRequest& request) {
    if (end_of(request.last_day) >= caller.now)
        return invalid({{"last_day", "ledger.day_not_over", "A statement on paper ends with a day that is over (UTC)."}});
    const Cut made = TRY(cut(transaction, TRY(seen_account(transaction, caller, request.id)), request.first_day, request.last_day));
    const auto lines = TRY(lines_of(transaction, made, made.last, paper_lines_max + 1));
    if (lines.size() > paper_lines_max)
        return Error{Failure::too_large, "ledger.statement_too_long", "This statement has more than {most} lines; choose fewer days.", {{"most", std::to_string(paper_lines_max)}}};
    Random secret(parties::random_number()); // the code must not be guessed
    IssuedStatement issued{.id = make_id<IssuedStatement>(caller.now, secret), .account = request.id, .first_day = request.first_day, .last_day = request.last_day,
        .opening = decimal_text(posted_balance(made.opening), made.scale()), .closing = decimal_text(posted_balance(made.closing), made.scale()),
        .line_count = static_cast<std::int64_t>(lines.size()), .last_line = static_cast<std::int64_t>(made.last), .digest = digest_of(made, lines), .issued_by = caller.actor.person,
        .issued_at = caller.now, .sample = made.account.sample};
    TRY(transaction.insert(issued));
    return Reply<IssuedStatement>{.body = std::move(issued), .status = 201};
}

struct Issued {
    IssuedStatement statement;
    Cut cut;
    std::vector<StoredLine> lines;
    Text owner;
};
Result<Issued> issued(Transaction& transaction, const Id<IssuedStatement>& id) {
    Issued found{.statement = TRY(transaction.get(id)), .cut = {}, .lines = {}, .owner = {}};
    auto account = TRY(transaction.find_one<AccountView>("id = $1", {found.statement.account.text}));
    if (!account) return not_found(record_of<LedgerAccount>(), found.statement.account.text);
    found.cut = TRY(cut(transaction, std::move(*account), found.statement.first_day, found.statement.last_day));
    found.lines = TRY(lines_of(transaction, found.cut, found.cut.last, paper_lines_max));
    if (const auto owner = TRY(transaction.find_one<parties::Organisation>("id = $1", {found.cut.account.owner.text}))) found.owner = owner->name;
    return found;
}

Result<StatementCheck> statement_check(Transaction& transaction, const Caller&, const StatementKey& key) {
    Issued found = TRY(issued(transaction, key.id));
    const bool holds = digest_of(found.cut, found.lines) == found.statement.digest;
    return StatementCheck{std::move(found.statement), found.cut.account.title, found.owner, found.cut.account.asset_code, holds};
}

Result<Response> statement_pdf(Store& store, const Caller& caller, const std::string& address, const StatementKey& key) {
    std::optional<Issued> found;
    std::vector<StatementLine> lines;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        found = TRY(issued(transaction, key.id));
        if (digest_of(found->cut, found->lines) != found->statement.digest)
            return Error{Failure::internal, "ledger.statement_differs", "The ledger no longer has the lines that this statement was issued for; stop, and run `greenbank verify`."};
        Counterparties others(transaction);
        for (auto line = found->lines.rbegin(); line != found->lines.rend(); ++line) lines.push_back(TRY(seen(found->cut, *line, others)));
        return Done{};
    }));
    const Language language = caller.language;
    const auto label = [&](std::string_view name) { return word(fmt::format("field.{}", name), language); };
    const IssuedStatement& statement = found->statement;
    paper::Document document;
    document.front = {.title = word("ledger.paper.title", language), .subtitle = found->cut.account.title.best(language), .organisation = word("ledger.paper.bank", language),
        .date = date_of(statement.issued_at), .language = language, .orientation = paper::Orientation::landscape, .title_page = false, .numbered = false, .created_at = statement.issued_at};
    if (statement.sample) document.front.marks.push_back(paper::badge(paper::Status::sample, language));
    const std::string code = found->cut.account.asset_code;
    document.blocks.push_back(paper::Facts{"",
        {{label("account.owner"), found->owner.best(language)}, {label("statement.account"), found->cut.account.title.best(language) + " · " + statement.account.text},
            {label("statement_view.asset_code"), code}, {word("ledger.paper.days", language), to_text(statement.first_day) + " – " + to_text(statement.last_day) + " (UTC)"},
            {label("statement.opening"), statement.opening + " " + code}, {label("statement.closing"), statement.closing + " " + code}}});
    paper::Table table{.title = "",
        .columns = {{label("account_statement_line.booking_date")}, {label("account_statement_line.kind")}, {label("account_statement_line.counterparty_title")}, {label("account_statement_line.note")},
            {label("account_statement_line.debit"), paper::Align::right}, {label("account_statement_line.credit"), paper::Align::right}, {label("account_statement_line.balance"), paper::Align::right}},
        .rows = {}};
    for (const StatementLine& line : lines)
        table.rows.push_back({{to_text(line.booking_date), word("ledger.kind." + line.kind, language), line.counterparty_title.best(language),
            line.held ? fmt::format("{} {} {}", word("field.account_statement_line.held", language), *line.held, text_of(line.note)) : text_of(line.note), text_of(line.debit), text_of(line.credit),
            line.balance}});
    if (!table.rows.empty()) document.blocks.push_back(std::move(table));
    else document.blocks.push_back(paper::Paragraph{word("ledger.paper.nothing", language)});
    document.blocks.push_back(paper::Facts{"", {{label("statement.digest"), statement.digest}}});
    document.blocks.push_back(paper::Proof{word("ledger.paper.check", language), address + "/ledger/statements/" + statement.id.text});
    std::string pdf = TRY(paper::to_pdf(document));
    return Response{.content_type = "application/pdf", .body = std::move(pdf), .headers = {{"Content-Disposition", fmt::format("inline; filename=\"{}.pdf\"", key.id.text)}}};
}

} // namespace

std::vector<Endpoint> statement_endpoints(const std::string& address) {
    return {
        // clang-format off
        {"account_balance", Method::get, "/ledger/accounts/{id}/balance", "The balance of an account, now or at any past time.", Mode::read, signed_in, call(account_balance)},
        {"statement_get", Method::get, "/ledger/accounts/{id}/statement", "What happened on an account, newest first, with running balances.", Mode::read, signed_in, call(statement_get)},
        {"statement_export", Method::get, "/ledger/accounts/{id}/statement/export", "The statement as xlsx or CSV.", Mode::compute, signed_in, as_file("application/octet-stream", call(statement_export))},
        {"statement_issue", Method::post, "/ledger/accounts/{id}/statements", "Issue a statement on paper: it gets a code that anybody can check.", Mode::write, signed_in, call(statement_issue)},
        {"statement_check", Method::get, "/ledger/statements/{id}", "What a statement's code stands for.", Mode::read, open_to_all, call(statement_check)},
        {"statement_pdf", Method::get, "/ledger/statements/{id}/pdf", "An issued statement as PDF.", Mode::compute, open_to_all,
         as_file("application/pdf", call([&address](Store& store, const Caller& caller, const StatementKey& key) -> Result<Response> { return statement_pdf(store, caller, address, key); }))},
        // clang-format on
    };
}

} // namespace greenbank::ledger
