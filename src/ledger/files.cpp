// files.cpp — accounts, then transfers in batches that never cut a chain, then balances; files appear when all is done.
#include "ledger/files.h"

#include <fmt/format.h>

#include "kernel/csv.h"
#include "ledger/file_journal.h"
#include "ledger/file_rows.h"
#include "ledger/hledger.h"
#include "sheets/text_file.h"
#include "json/json.h"

namespace greenbank::ledger {

using sheets::append_cell;
using sheets::in_file;
using sheets::NamedRows;
using sheets::TextFile;

Record describe(const ApplyOptions*) {
    return {"apply_options", "Transfers to apply.",
        {
            field<&ApplyOptions::in>("in", "Transfers: a table id,debit,credit,amount,asset,kind,pending_id,linked,timeout_s,at.", {.min = 1}),
            field<&ApplyOptions::out>("out", "Results to write: id,status.", {.min = 1}),
            field<&ApplyOptions::balances>("balances", "Balances to write.", {.min = 1}),
            field<&ApplyOptions::accounts>("accounts", "Accounts: a table id,asset,flags.", {.min = 1}),
            field<&ApplyOptions::journal>("journal", "A journal for hledger to write.", {.min = 1}),
        }};
}

namespace {

class Run {
public:
    Result<Applied> run(const ApplyOptions& options) {
        TRY(in_file(read_accounts(options.accounts, ledger_, accounts_), "ledger.accounts_file", "The accounts in {path} are not right; nothing was written.",
            options.accounts));
        NamedRows rows = TRY(in_file(NamedRows::open(options.in, transfer_columns, transfer_columns_needed), "ledger.transfers_file",
            "The transfers in {path} are not right; nothing was written.", options.in));
        results_.emplace(TRY(TextFile::create(options.out)));
        TextFile balances = TRY(TextFile::create(options.balances));
        if (options.journal) journal_file_.emplace(TRY(TextFile::create(*options.journal)));

        results_->text() += "id,status\n";
        while (!rows.too_many() && TRY(rows.next())) {
            const auto named = read_transfer(rows, ledger_, accounts_, transfers_);
            if (!named || !rows.problems().empty()) continue; // only the other problems are of interest now
            TRY(add(*named));
        }
        if (!rows.problems().empty())
            return Error{Failure::invalid, "ledger.transfers_file", "The transfers in {path} are not right; nothing was written.", {{"path", options.in}},
                std::move(rows.problems())};
        TRY(end_chain());
        TRY(send());
        TRY(write_balances(balances));
        TRY(balances.place());
        if (journal_file_) TRY(journal_file_->place());
        TRY(results_->place());
        return applied_;
    }

private:
    Result<Done> add(const NamedTransfer& named) {
        ++applied_.rows;
        chain_names_.push_back(named.name);
        if (chain_.size() <= batch_size_max) chain_.push_back(named.transfer); // one more than fits tells that it is too long
        if (!named.transfer.linked) return end_chain();
        return Done{};
    }

    /// The chain joins the batch, which is sent first where both do not fit.
    Result<Done> end_chain() {
        if (chain_.size() > batch_size_max || batch_.size() + chain_.size() > batch_size_max) TRY(send());
        if (chain_.size() > batch_size_max) {
            for (const auto& name : chain_names_) TRY(tell(name, Code::chain_too_long));
        } else {
            batch_.insert(batch_.end(), chain_.begin(), chain_.end());
            names_.insert(names_.end(), chain_names_.begin(), chain_names_.end());
        }
        chain_.clear();
        chain_names_.clear();
        return Done{};
    }

    Result<Done> send() {
        outcomes_.resize(batch_.size());
        TRY(ledger_.apply(batch_, outcomes_));
        for (std::size_t i = 0; i < batch_.size(); ++i) TRY(tell(names_[i], outcomes_[i].code));
        journal_.append(ledger_.uncommitted());
        if (journal_file_)
            for (const Entry& line : ledger_.uncommitted()) TRY(tell_journal(line));
        ledger_.commit();
        batch_.clear();
        names_.clear();
        return Done{};
    }

    Result<Done> tell(std::optional<std::uint32_t> name, Code code) {
        ++applied_.by_code[static_cast<std::size_t>(code)];
        if (name) append_cell(results_->text(), transfers_[*name]);
        ((results_->text() += ',') += to_text(code)) += '\n';
        return results_->pass_on();
    }

    Result<Done> tell_journal(const Entry& line) {
        const Transfer& did = line.transfer;
        if (did.kind != Kind::posted && did.kind != Kind::post_pending && did.kind != Kind::reversal) return Done{};
        append_transaction(journal_file_->text(), line, transfers_[FileJournal::name_of(did.id)], accounts_[static_cast<std::uint32_t>(did.debit)],
            accounts_[static_cast<std::uint32_t>(did.credit)], to_text(ledger_.assets()[index_of(did.asset)]));
        return journal_file_->pass_on();
    }

    Result<Done> write_balances(TextFile& file) {
        file.text() += "id,asset,debits_pending,debits_posted,credits_pending,credits_posted\n";
        for (std::uint32_t i = 0; i < accounts_.size(); ++i) {
            const auto number = static_cast<AccountNumber>(i);
            const Balances& has = ledger_.balances(number);
            append_cell(file.text(), accounts_[i]);
            file.text() += ',';
            append_cell(file.text(), to_text(ledger_.assets()[index_of(ledger_.account(number).asset)]));
            for (const Amount amount : {has.debits_pending, has.debits_posted, has.credits_pending, has.credits_posted})
                (file.text() += ',') += amount_text(amount);
            file.text() += '\n';
            TRY(file.pass_on());
        }
        return Done{};
    }

    FileJournal journal_;
    Ledger ledger_{journal_};
    Names accounts_, transfers_;
    std::vector<Transfer> batch_, chain_;
    std::vector<std::optional<std::uint32_t>> names_, chain_names_;
    std::vector<Outcome> outcomes_;
    std::optional<TextFile> results_, journal_file_;
    Applied applied_;
};

Result<int> run_apply(const ApplyOptions& options, Console& console) {
    const Applied applied = TRY(apply_files(options));
    JsonWriter json;
    json.begin_object().member("rows", static_cast<std::int64_t>(applied.rows)).key("by_status").begin_object();
    std::string lines;
    for (std::size_t i = 0; i < code_count; ++i) {
        if (!applied.by_code[i]) continue;
        const std::string_view name = to_text(static_cast<Code>(i));
        json.member(name, static_cast<std::int64_t>(applied.by_code[i]));
        lines += fmt::format("{:>10}  {}\n", applied.by_code[i], name);
    }
    json.end_object().end_object();
    console.out(console.json ? json.take() + "\n" : lines);
    return 0;
}

} // namespace

Result<Applied> apply_files(const ApplyOptions& options) { return std::make_unique<Run>()->run(options); }

Command apply_command() { return command("ledger", "apply", "Apply transfers out of a file to accounts out of a file.", run_apply); }

} // namespace greenbank::ledger
