// paper_statements.cpp — statements issued on paper, with a code that anybody can check for ever.
#include <fmt/format.h>

#include "api/words.h"
#include "ledger/decimals.h"
#include "ledger/history.h"
#include "ledger/operations.h"
#include "paper/paper.h"
#include "parties/secrets.h"

namespace greenbank::ledger {

constexpr std::size_t paper_lines_max = 20'000;

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
        {field<&StatementCheck::statement>("statement", "As it was issued."),
            field<&StatementCheck::account_title>("account_title", "What the account is called."),
            field<&StatementCheck::owner_name>("owner_name", "Whose it is."), field<&StatementCheck::asset_code>("asset_code", "In which asset."),
            field<&StatementCheck::holds>("holds", "The ledger has the very lines that the digest covers.")}};
}

namespace {

std::string digest_of(const Cut& cut, const std::vector<StoredLine>& newest_first) {
    std::string sealed = fmt::format("{}\t{}\t{}\n", cut.account.id.text, to_text(cut.opening), to_text(cut.closing));
    for (auto line = newest_first.rbegin(); line != newest_first.rend(); ++line) append_canonical(sealed, row_of(*line));
    return to_hex(parties::bytes_of(parties::sha256(std::array<std::string_view, 1>{sealed})));
}

std::string text_of(const std::optional<std::string>& text) { return text.value_or(""); }

Result<Reply<IssuedStatement>> statement_issue(Transaction& transaction, const Caller& caller, const IssueRequest& request) {
    if (end_of(request.last_day) >= caller.now)
        return invalid({{"last_day", "ledger.day_not_over", "A statement on paper ends with a day that is over (UTC)."}});
    const Cut made = TRY(cut(transaction, TRY(seen_account(transaction, caller, request.id)), request.first_day, request.last_day));
    const auto lines = TRY(lines_of(transaction, made, made.last, paper_lines_max + 1));
    if (lines.size() > paper_lines_max)
        return Error{Failure::too_large, "ledger.statement_too_long", "This statement has more than {most} lines; choose fewer days.",
            {{"most", std::to_string(paper_lines_max)}}};
    Random secret(parties::random_number()); // the code must not be guessed
    IssuedStatement issued{.id = make_id<IssuedStatement>(caller.now, secret),
        .account = request.id,
        .first_day = request.first_day,
        .last_day = request.last_day,
        .opening = decimal_text(posted_balance(made.opening), made.scale()),
        .closing = decimal_text(posted_balance(made.closing), made.scale()),
        .line_count = static_cast<std::int64_t>(lines.size()),
        .last_line = static_cast<std::int64_t>(made.last),
        .digest = digest_of(made, lines),
        .issued_by = caller.actor.person,
        .issued_at = caller.now,
        .sample = made.account.sample};
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

Result<Response> statement_pdf(const std::string& address, Store& store, const Caller& caller, const StatementKey& key) {
    std::optional<Issued> found;
    std::vector<StatementLine> lines;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        found = TRY(issued(transaction, key.id));
        if (digest_of(found->cut, found->lines) != found->statement.digest)
            return Error{Failure::internal, "ledger.statement_differs",
                "The ledger no longer has the lines that this statement was issued for; stop, and run `greenbank verify`."};
        Counterparties others(transaction);
        for (auto line = found->lines.rbegin(); line != found->lines.rend(); ++line) lines.push_back(TRY(seen(found->cut, *line, others)));
        return Done{};
    }));
    const Language language = caller.language;
    const auto label = [&](std::string_view name) { return word(fmt::format("field.{}", name), language); };
    const IssuedStatement& statement = found->statement;
    paper::Document document;
    document.front = {.title = word("ledger.paper.title", language),
        .subtitle = found->cut.account.title.best(language),
        .organisation = word("ledger.paper.bank", language),
        .date = date_of(statement.issued_at),
        .language = language,
        .orientation = paper::Orientation::landscape,
        .title_page = false,
        .numbered = false,
        .created_at = statement.issued_at};
    if (statement.sample) document.front.marks.push_back(paper::badge(paper::Status::sample, language));
    const std::string code = found->cut.account.asset_code;
    document.blocks.push_back(paper::Facts{"",
        {{label("account.owner"), found->owner.best(language)},
            {label("statement.account"), found->cut.account.title.best(language) + " · " + statement.account.text}, {label("statement_view.asset_code"), code},
            {word("ledger.paper.days", language), to_text(statement.first_day) + " – " + to_text(statement.last_day) + " (UTC)"},
            {label("statement.opening"), statement.opening + " " + code}, {label("statement.closing"), statement.closing + " " + code}}});
    paper::Table table{.title = "",
        .columns = {{label("account_statement_line.booking_date")}, {label("account_statement_line.kind")},
            {label("account_statement_line.counterparty_title")}, {label("account_statement_line.note")},
            {label("account_statement_line.debit"), paper::Align::right}, {label("account_statement_line.credit"), paper::Align::right},
            {label("account_statement_line.balance"), paper::Align::right}},
        .rows = {}};
    for (const StatementLine& line : lines)
        table.rows.push_back({{to_text(line.booking_date), word("ledger.kind." + line.kind, language), line.counterparty_title.best(language),
            line.held ? fmt::format("{} {} {}", word("field.account_statement_line.held", language), *line.held, text_of(line.note)) : text_of(line.note),
            text_of(line.debit), text_of(line.credit), line.balance}});
    if (!table.rows.empty()) document.blocks.push_back(std::move(table));
    else document.blocks.push_back(paper::Paragraph{word("ledger.paper.nothing", language)});
    document.blocks.push_back(paper::Facts{"", {{label("statement.digest"), statement.digest}}});
    document.blocks.push_back(paper::Proof{word("ledger.paper.check", language), address + "/ledger/statements/" + statement.id.text});
    std::string pdf = TRY(paper::to_pdf(document));
    return inline_pdf(std::move(pdf), key.id.text);
}

} // namespace

std::vector<Endpoint> paper_statement_endpoints(const std::string& address) {
    return {
        // clang-format off
        {"statement_issue", Method::post, "/ledger/accounts/{id}/statements", "Issue a statement on paper: it gets a code that anybody can check.", Mode::write, signed_in, call(statement_issue)},
        {"statement_check", Method::get, "/ledger/statements/{id}", "What a statement's code stands for.", Mode::read, open_to_all, call(statement_check)},
        {"statement_pdf", Method::get, "/ledger/statements/{id}/pdf", "An issued statement as PDF.", Mode::compute, open_to_all,
         as_file("application/pdf", call(address, statement_pdf))},
        // clang-format on
    };
}

} // namespace greenbank::ledger
