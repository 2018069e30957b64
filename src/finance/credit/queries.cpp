// queries.cpp — reading a credit file: by consent and for its purpose; each reading is kept with what was read, and stands in the log.
#include <map>

#include <fmt/format.h>

#include "api/figures.h"
#include "api/wording.h"
#include "api/words.h"
#include "carbon/carbon.h"
#include "finance/credit/credit.h"
#include "library/publishing/documents.h"
#include "library/publishing/publication.h"
#include "parties/secrets.h"
#include "projects/access.h"
#include "json/json.h"

namespace greenbank::finance {

Record describe(const ById<CreditQuery>*) { return {"credit_query_key", "Names a reading.", {field<&ById<CreditQuery>::id>("id", "Its id.")}}; }
struct CreditAsk {
    Id<Organisation> subject;
    CreditPurpose purpose = CreditPurpose::lending;
};
Record describe(const CreditAsk*) {
    return {"credit_query_request", "Reads a credit file.",
        {field<&CreditAsk::subject>("subject", "Whose."), field<&CreditAsk::purpose>("purpose", "What for: consent is given for one purpose.")}};
}

namespace {

Result<Done> add_loans(Transaction& transaction, CreditReport& report) {
    std::map<std::string, CreditLoans> by_currency;
    for (const Loan& loan : TRY(transaction.find<Loan>("borrower = $1 AND state <> 'agreed' ORDER BY id LIMIT 5000", {report.subject}))) {
        CreditLoans& row = by_currency[loan.amount.currency];
        row.currency = row.owed.currency = row.late.currency = loan.amount.currency;
        row.running += loan.state == LoanState::active;
        row.repaid += loan.state == LoanState::repaid;
        row.written_off += loan.state == LoanState::written_off;
        if (loan.state != LoanState::active) continue;
        row.owed.minor += loan.principal.minor;
        row.late.minor += loan.late.minor;
        row.days_late_worst = std::max(row.days_late_worst, loan.days_late);
    }
    for (auto& [currency, row] : by_currency) report.loans.push_back(std::move(row));
    return Done{};
}

Result<Done> add_projects(Transaction& transaction, CreditReport& report, Date day) {
    for (const projects::Project& project :
        TRY(transaction.find<projects::Project>("owner = $1 AND state = 'published' ORDER BY id LIMIT 500", {report.subject}))) {
        CreditProject row{project.id.text, project.title, std::string(name_of(project.stage)), 0};
        for (const carbon::VerifiedReduction& one : TRY(carbon::verified_reductions(transaction, project.id, Date{0}, day))) row.verified_kg += one.verified_kg;
        report.verified_kg += row.verified_kg;
        report.projects.push_back(std::move(row));
    }
    return Done{};
}

} // namespace

Result<CreditReport> credit_report(Transaction& transaction, const Organisation& subject, Date day) {
    CreditReport report{.subject = subject.id.text,
        .subject_name = subject.name,
        .country = subject.country,
        .organisation_kind = std::string(name_of(subject.kind)),
        .on = day,
        .entries = {},
        .loans = {},
        .projects = {},
        .identifications = {}};
    for (const CreditEntry& entry : TRY(transaction.find<CreditEntry>(
             "subject = $1 AND state <> 'withdrawn' AND day <= $2 ORDER BY day DESC, id LIMIT 2000", {report.subject, to_text(day)}))) {
        std::string detail = entry.detail.value_or("");
        if (entry.amount) detail += fmt::format("{}{} {}", detail.empty() ? "" : " · ", amount_text(*entry.amount), entry.amount->currency);
        if (entry.value) detail += fmt::format("{}{:g} {}", detail.empty() ? "" : " · ", *entry.value, entry.unit.value_or(""));
        report.entries.push_back({entry.kind, entry.title, detail, entry.day, entry.source, entry.state == CreditEntryState::disputed});
    }
    TRY(add_loans(transaction, report));
    TRY(add_projects(transaction, report, day));
    for (const GreenIdentification& green : TRY(transaction.find<GreenIdentification>(
             "organisation = $1 AND state = 'confirmed' AND day <= $2 ORDER BY day DESC, id LIMIT 500", {report.subject, to_text(day)})))
        report.identifications.push_back({green.title, green.shade, green.score, green.day});
    return report;
}

namespace {

std::string digest_of(const std::string& text) {
    const std::string_view parts[] = {text};
    const auto hash = parties::sha256(parts);
    return to_hex({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

/// A consent in force for that purpose; the subject itself and nobody else needs none.
Result<std::optional<Id<CreditConsent>>> consent_for(Transaction& transaction, const Caller& caller, const CreditAsk& ask, const Id<Organisation>& reader) {
    if (reader == ask.subject) return std::optional<Id<CreditConsent>>{};
    const auto found = TRY(transaction.find_one<CreditConsent>(
        "subject = $1 AND reader = $2 AND purpose = $3 AND until_day >= $4 AND revoked_at IS NULL ORDER BY until_day DESC LIMIT 1",
        {ask.subject.text, reader.text, std::string(name_of(ask.purpose)), to_text(date_of(caller.now))}));
    if (found) return std::optional(found->id);
    return Error{Failure::forbidden, "credit.no_consent", "The organisation has not agreed to this for your organisation and purpose; ask it for its consent."};
}

Result<Reply<CreditQuery>> query_make(const parties::TransparencyLog& log, Transaction& transaction, const Caller& caller, const CreditAsk& ask) {
    const Id<Organisation> reader = TRY(acting_organisation(caller));
    const auto subject = TRY(transaction.find_one<Organisation>("id = $1", {ask.subject.text}));
    if (!subject) return invalid({{"subject", "credit.nobody", "The bank knows no such organisation."}});
    const auto consent = TRY(consent_for(transaction, caller, ask, reader));
    auto reader_name = TRY(name_of_organisation(transaction, reader));
    auto person_name = TRY(projects::person_name(transaction, caller));
    auto report = TRY(credit_report(transaction, *subject, date_of(caller.now)));
    CreditQuery query{.id = caller.new_id<CreditQuery>(),
        .subject = ask.subject,
        .reader = reader,
        .subject_name = subject->name,
        .reader_name = std::move(reader_name),
        .person_name = std::move(person_name),
        .purpose = ask.purpose,
        .consent = consent,
        .report = std::move(report),
        .digest = "",
        .proof_code = "",
        .created_at = caller.now};
    query.digest = digest_of(to_json(query.report));
    // Public with its proof: that a report of this digest was read, not of whom nor what it says.
    JsonWriter statement;
    statement.begin_object().member("purpose", std::string(name_of(ask.purpose))).member("report_sha256", query.digest).end_object();
    query.proof_code = TRY(log.append(transaction, "credit_report", query.id.text, caller.now, statement.take(), true)).code;
    TRY(transaction.insert(query));
    return Reply<CreditQuery>{.body = std::move(query), .status = 201};
}

Result<Page<CreditQuery>> query_list(Transaction& transaction, const Caller& caller, const ListOf<CreditQuery>& list) {
    auto page = caller.actor.may(run_finance)
                    ? TRY(list_page<CreditQuery>(transaction, caller, list))
                    : TRY(list_page<CreditQuery>(transaction, caller, list, "$1 <> '' AND (subject = $1 OR reader = $1)", {caller.actor.organisation}));
    for (CreditQuery& query : page.items) query.report = {}; // who read is for the list; what was read is for the reader
    return page;
}

/// For who has read it, as long as the consent stands, and for the subject.
Result<CreditQuery> query_seen(Transaction& transaction, const Caller& caller, const Id<CreditQuery>& id) {
    CreditQuery query = TRY(transaction.get(id));
    const std::string& own = caller.actor.organisation;
    if (own.empty() || (own != query.subject.text && own != query.reader.text)) return not_found(record_of<CreditQuery>(), id.text);
    if (own == query.subject.text || !query.consent) return query;
    const CreditConsent consent = TRY(transaction.get(*query.consent));
    if (consent.revoked_at || consent.until < date_of(caller.now))
        return Error{Failure::forbidden, "credit.consent_over", "The consent to this report has ended or was taken back."};
    return query;
}
Result<CreditQuery> query_get(Transaction& transaction, const Caller& caller, const ById<CreditQuery>& key) { return query_seen(transaction, caller, key.id); }

Result<Raw> query_json(Transaction& transaction, const Caller& caller, const ById<CreditQuery>& key) {
    const CreditQuery query = TRY(query_seen(transaction, caller, key.id));
    return Raw{"application/json", to_json(query.report), {{"Content-Disposition", fmt::format("attachment; filename=\"{}.json\"", key.id.text)}}};
}

class Writer : public Wording {
public:
    Writer(const CreditQuery& query, Language language) : Wording(language), query_(query), figures_(language) {}

    std::vector<paper::Block> blocks() {
        const CreditReport& report = query_.report;
        paper::Facts facts;
        const auto fact = [&](std::string title, std::string value) { facts.facts.push_back({std::move(title), std::move(value)}); };
        fact(label("credit_report", "subject_name"), report.subject_name.best(language_));
        fact(label("credit_report", "organisation_kind"), say("choice.organisation_kind." + report.organisation_kind));
        fact(label("credit_report", "country"), report.country);
        fact(label("credit_report", "on_day"), to_text(report.on));
        fact(label("credit_query", "purpose"), say(fmt::format("choice.credit_purpose.{}", name_of(query_.purpose))));
        fact(label("credit_query", "reader_name"), query_.reader_name.best(language_));
        fact(label("credit_report", "verified_kg"), figures_.quantity(static_cast<double>(report.verified_kg) / 1000, "tCO2e"));
        fact(label("credit_query", "digest"), query_.digest);
        blocks_.push_back(std::move(facts));
        table("credit_report", "entries",
            {label("credit_line", "day"), label("credit_line", "kind"), label("credit_line", "title"), label("credit_line", "source")}, report.entries,
            [&](const CreditLine& one) {
                std::string title = one.title.best(language_);
                if (!one.detail.empty()) title += " (" + one.detail + ")";
                if (one.disputed) title += " — " + say("choice.credit_entry_state.disputed");
                return paper::Row{{to_text(one.day), say(fmt::format("choice.credit_entry_kind.{}", name_of(one.kind))), title, one.source}};
            });
        table("credit_report", "loans",
            {label("credit_loans", "currency"), label("credit_loans", "running"), label("credit_loans", "repaid"), label("credit_loans", "written_off"),
                label("credit_loans", "owed"), label("credit_loans", "late")},
            report.loans, [&](const CreditLoans& one) {
                return paper::Row{{one.currency, std::to_string(one.running), std::to_string(one.repaid), std::to_string(one.written_off),
                    figures_.money(one.owed), figures_.money(one.late)}};
            });
        table("credit_report", "projects", {label("credit_project", "title"), label("credit_project", "stage"), label("credit_project", "verified_kg")},
            report.projects, [&](const CreditProject& one) {
                return paper::Row{
                    {one.title.best(language_), say("choice.stage." + one.stage), figures_.quantity(static_cast<double>(one.verified_kg) / 1000, "tCO2e")}};
            });
        table("credit_report", "identifications",
            {label("credit_green", "title"), label("credit_green", "shade"), label("credit_green", "score"), label("credit_green", "day")},
            report.identifications, [&](const CreditGreen& one) {
                return paper::Row{
                    {one.title.best(language_), say(fmt::format("choice.green_shade.{}", name_of(one.shade))), figures_.number(one.score), to_text(one.day)}};
            });
        return std::move(blocks_);
    }

private:
    template <class T, class Make>
    void table(std::string_view record, std::string_view field, const std::vector<std::string>& titles, const std::vector<T>& rows, const Make& make) {
        if (rows.empty()) return;
        paper::Table made{.title = label(record, field), .columns = {}, .rows = {}};
        for (const std::string& title : titles) made.columns.push_back({title});
        for (const T& row : rows) made.rows.push_back(make(row));
        blocks_.push_back(std::move(made));
    }

    const CreditQuery& query_;
    Figures figures_;
    std::vector<paper::Block> blocks_;
};

Result<Response> query_pdf(const library::PublicAddress& address, Store& store, const Caller& caller, const ById<CreditQuery>& key) {
    CreditQuery query;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        query = TRY(query_seen(transaction, caller, key.id));
        return Done{};
    }));
    paper::Document document{
        .front = library::front(caller, query.subject_name.best(caller.language), query.sample), .blocks = Writer(query, caller.language).blocks()};
    document.front.subtitle = word("record.credit_report", caller.language);
    document.front.title_page = false;
    document.front.numbered = false;
    document.blocks.push_back(paper::Proof{word("document.proof", caller.language), address.base + "/proof/" + query.proof_code});
    return inline_pdf(TRY(paper::to_pdf(document)), key.id.text);
}

} // namespace

std::vector<Endpoint> credit_query_endpoints(const library::PublicAddress& address, const parties::TransparencyLog& log) {
    return {
        // clang-format off
        {"credit_query_make", Method::post, "/credit-queries", "Read a credit file: one's own, or another's by its consent; the reading is kept.", Mode::write, write_finance, call(log, query_make)},
        {"credit_query_list", Method::get, "/credit-queries", "Who has read one's file, and what one's organisation has read.", Mode::read, signed_in, call(query_list)},
        {"credit_query_get", Method::get, "/credit-queries/{id}", "A reading with what was read.", Mode::read, signed_in, call(query_get)},
        {"credit_query_report", Method::get, "/credit-queries/{id}/report", "What was read, as JSON of the digest in the log.", Mode::read, signed_in, as_file("application/json", call(query_json))},
        {"credit_query_pdf", Method::get, "/credit-queries/{id}/pdf", "What was read, as PDF with its proof.", Mode::compute, signed_in,
            as_file("application/pdf", call(address, query_pdf))},
        // clang-format on
    };
}

} // namespace greenbank::finance
