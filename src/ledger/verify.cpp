// verify.cpp — the ledger replayed from its first line and compared with all that is stored beside it.
#include "ledger/verify.h"

#include <fmt/format.h>

#include "ledger/account_settings.h"
#include "ledger/decimals.h"
#include "ledger/engine/memory_journal.h"
#include "ledger/journal_rows.h"
#include "parties/secrets.h"

namespace greenbank::ledger {

namespace {

constexpr std::size_t lines_at_once = 10'000;

/// Looks no further in a check once it has found something: what follows from a wrong line is wrong too.
class Verifier {
public:
    explicit Verifier(Transaction& transaction) : transaction_(transaction) {}

    Result<std::vector<Finding>> run() {
        TRY(read_accounts());
        TRY(follow_rounds());
        TRY(compare_accounts());
        TRY(compare_holds());
        if (auto sums = ledger_.verify(); !sums) found("ledger.sums", fill_in(sums.error().message, sums.error().parameters));
        return std::move(findings_);
    }

private:
    struct Chain {
        std::uint64_t last = 0, count = 0;
    };

    void found(std::string_view check, std::string what) {
        for (const Finding& finding : findings_)
            if (finding.check == check) return;
        findings_.push_back({std::string(check), std::move(what)});
    }

    Result<Done> read_accounts() {
        std::vector<std::string> assets;
        for (const LedgerAsset& asset : TRY(transaction_.find<LedgerAsset>("ORDER BY number"))) {
            if (asset.number != static_cast<std::int64_t>(assets.size()))
                found("ledger.assets", fmt::format("the number of {} is not the next one", asset.id.text));
            TRY(ledger_.add_asset({asset.code, asset.key, static_cast<int>(asset.scale)}));
            assets.push_back(asset.id.text);
        }
        for (const LedgerAccount& account : TRY(transaction_.find<LedgerAccount>("ORDER BY number"))) {
            const auto asset = std::find(assets.begin(), assets.end(), account.asset.text);
            if (account.number != static_cast<std::int64_t>(accounts_.size()) || asset == assets.end()) {
                found("ledger.accounts", fmt::format("the number or the asset of {}", account.id.text));
                continue;
            }
            // Rules and limits are those of today; past lines were judged by those of their time.
            TRY(ledger_.open_account({.id = {1, accounts_.size() + 1}, .asset = static_cast<AssetNumber>(asset - assets.begin())}));
            accounts_.push_back(account);
        }
        chains_.resize(accounts_.size());
        return Done{};
    }

    Result<Done> follow_rounds() {
        std::string digest;
        std::int64_t sequence = 0, revision = 0;
        for (;;) {
            const auto rounds = TRY(transaction_.find<JournalRound>("sequence > $1 ORDER BY sequence LIMIT 1000", {sequence}));
            if (rounds.empty()) break;
            for (const JournalRound& round : rounds) {
                if (round.sequence != sequence + 1) found("ledger.rounds", fmt::format("after round {} comes {}", sequence, round.sequence));
                if (round.first != static_cast<std::int64_t>(lines_) + 1 || round.last < round.first - 1 || round.revision < revision)
                    found("ledger.rounds", fmt::format("round {} has lines {} to {} after line {}", round.sequence, round.first, round.last, lines_));
                sequence = round.sequence;
                revision = round.revision;
                const std::string sealed = TRY(follow_lines(round));
                const std::string head = round_head(round, digest);
                digest = to_hex(parties::bytes_of(parties::sha256(std::array<std::string_view, 2>{head, sealed})));
                if (digest != round.digest)
                    found("ledger.digests",
                        fmt::format("round {} (lines {} to {}) does not have the digest of its content", round.sequence, round.first, round.last));
                digest = round.digest;
            }
        }
        const std::int64_t last = as_integer(TRY(transaction_.query("SELECT max(number) FROM journal_line")).single());
        if (last != static_cast<std::int64_t>(lines_)) found("ledger.lines", fmt::format("there are lines after {}, which no round has written", lines_));
        return Done{};
    }

    /// The lines of a round as the digest has them.
    Result<std::string> follow_lines(const JournalRound& round) {
        std::string sealed;
        while (static_cast<std::int64_t>(lines_) < round.last) {
            const Rows rows =
                TRY(transaction_.query("SELECT " + line_column_list() + " FROM journal_line WHERE number > $1 AND number <= $2 ORDER BY number LIMIT $3",
                    {static_cast<std::int64_t>(lines_), round.last, static_cast<std::int64_t>(lines_at_once)}));
            if (rows.empty()) {
                found("ledger.lines", fmt::format("line {} is missing", lines_ + 1));
                lines_ = static_cast<std::uint64_t>(round.last);
                replaying_ = false;
                break;
            }
            std::vector<Entry> entries;
            for (const auto& row : rows.rows) {
                append_canonical(sealed, row);
                const auto read = line_of(row);
                lines_ = static_cast<std::uint64_t>(as_integer(row[0]));
                if (!read) {
                    found("ledger.lines", fmt::format("line {} cannot be read", lines_));
                    replaying_ = false;
                    continue;
                }
                const StoredLine& line = read.value();
                const Transfer& did = line.entry.transfer;
                if (std::max(index_of(did.debit), index_of(did.credit)) >= chains_.size()) {
                    found("ledger.lines", fmt::format("line {} names an account that is not there", lines_));
                    replaying_ = false;
                    continue;
                }
                if (memo_of(line.note) != did.memo) found("ledger.notes", fmt::format("the note of line {} was changed", lines_));
                for (const auto& [account, previous] : {std::pair(did.debit, line.debit_previous), {did.credit, line.credit_previous}}) {
                    Chain& chain = chains_[index_of(account)];
                    if (previous != chain.last)
                        found("ledger.chains", fmt::format("line {} names another line before it on {}", lines_, accounts_[index_of(account)].id.text));
                    chain = {line.entry.number, chain.count + 1};
                    if (chain.count % milestone_every == 0) ++milestones_;
                }
                entries.push_back(line.entry);
            }
            if (!replaying_) continue;
            if (auto replayed = ledger_.replay(entries); !replayed) {
                found("ledger.lines", fill_in(replayed.error().message, replayed.error().parameters));
                replaying_ = false;
            }
        }
        return sealed;
    }

    Result<Done> compare_accounts() {
        const Rows rows = TRY(transaction_.query("SELECT account, balances, last_line, line_count FROM account_balance ORDER BY account"));
        if (rows.size() != accounts_.size()) found("ledger.balances", "there are more or fewer balances than accounts");
        for (std::size_t i = 0; i < std::min(rows.size(), accounts_.size()); ++i) {
            const auto& row = rows.rows[i];
            const std::string& id = accounts_[i].id.text;
            if (as_integer(row[2]) != static_cast<std::int64_t>(chains_[i].last) || as_integer(row[3]) != static_cast<std::int64_t>(chains_[i].count))
                found("ledger.chains", fmt::format("the last line or the count of lines of {}", id));
            if (replaying_ && as_text(row[1]) != to_text(ledger_.balances(static_cast<AccountNumber>(i))))
                found("ledger.balances", fmt::format("{} has a balance that its lines do not have", id));
            if (!replaying_) continue;
            const LedgerAccount& account = accounts_[i];
            auto kept = ledger_.set_flags(static_cast<AccountNumber>(i), flags_of(account));
            if (kept && account.state == AccountStanding::closed) kept = ledger_.close_account(static_cast<AccountNumber>(i));
            if (!kept) found("ledger.rules", fmt::format("{}: {}", id, fill_in(kept.error().message, kept.error().parameters)));
        }
        const std::int64_t milestones = as_integer(TRY(transaction_.query("SELECT COUNT(*) FROM account_milestone")).single());
        const std::int64_t sound = as_integer(TRY(transaction_.query("SELECT COUNT(*) FROM account_milestone m JOIN journal_line l ON l.number = m.number "
                                                                     "WHERE l.at = m.at AND (l.debit = m.account OR l.credit = m.account)"))
                                                  .single());
        if (milestones != static_cast<std::int64_t>(milestones_) || sound != milestones) found("ledger.milestones", "they are not those of the lines");
        return Done{};
    }

    Result<Done> compare_holds() {
        if (!replaying_) return Done{};
        std::vector<std::string> expected, stored;
        for (const Hold& hold : ledger_.holds())
            expected.push_back(fmt::format(
                "{} {} {} {}", hold.number, to_text(hold.id), amount_text(hold.amount), hold.expires_at == never ? 0 : hold.expires_at.microseconds));
        for (const auto& row : TRY(transaction_.query("SELECT number, id, amount, expires_at FROM hold ORDER BY number")).rows)
            stored.push_back(fmt::format("{} {} {} {}", as_integer(row[0]), as_text(row[1]), as_text(row[2]), as_integer(row[3])));
        const auto [a, b] = std::mismatch(expected.begin(), expected.end(), stored.begin(), stored.end());
        if (a != expected.end() || b != stored.end())
            found("ledger.holds", "the open holds are not those of the lines, from " + (a != expected.end() ? *a : *b));
        return Done{};
    }

    Transaction& transaction_;
    MemoryJournal nothing_; // the replay asks for nothing
    Ledger ledger_{nothing_};
    std::vector<LedgerAccount> accounts_;
    std::vector<Chain> chains_;
    std::uint64_t lines_ = 0, milestones_ = 0;
    bool replaying_ = true;
    std::vector<Finding> findings_;
};

} // namespace

Result<std::vector<Finding>> verify_ledger(Transaction& transaction) { return Verifier(transaction).run(); }

Check ledger_check() {
    return {"ledger", "The journal replays from its first line to the stored balances, holds and digests; per asset, debits equal credits.",
        [](Transaction& transaction, CheckRun& run) -> Result<std::int64_t> {
            for (const Finding& finding : TRY(verify_ledger(transaction)))
                run.found({"journal", finding.check, "The ledger is not what its journal says: {what}.", {{"what", finding.what}}});
            return as_integer(TRY(transaction.query("SELECT COUNT(*) FROM journal_line")).single());
        }};
}

} // namespace greenbank::ledger
