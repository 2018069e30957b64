// files_fuzz.cpp — any bytes as a table of transfers, over a few accounts: results for each row or an error, never a crash, and the
// balances written must balance. The first byte may turn the rest into the accounts.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "kernel/csv.h"
#include "ledger/engine/amount.h"
#include "ledger/files.h"

using namespace greenbank;

namespace {

const std::string& folder() {
    static const std::string path = [] {
        char name[] = "/tmp/greenbank-ledger-fuzz-XXXXXX";
        require(mkdtemp(name) != nullptr, "no folder for the fuzzer");
        return std::string(name) + "/";
    }();
    return path;
}

std::string read(const std::string& path) {
    std::stringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    const bool as_accounts = bytes[0] == 'A';
    std::ofstream(folder() + "accounts", std::ios::binary)
        << (as_accounts ? text : "id,asset,flags\na,CNY,\nb,CNY,debits_must_not_exceed_credits\nc,CEA/2025,\nd,CEA/2025,\n");
    std::ofstream(folder() + "transfers", std::ios::binary) << (as_accounts ? "id,debit,credit,amount\nt,a,b,1\n" : text);
    const auto applied =
        ledger::apply_files({folder() + "transfers", folder() + "results", folder() + "balances", folder() + "accounts", folder() + "journal"});
    if (!applied) {
        require(!applied.error().message.empty(), "an error must say what is wrong");
        return 0;
    }
    const auto balances = parse_csv(read(folder() + "balances"));
    if (!balances) return 0; // no account at all, or names that are no text
    ledger::Amount debits = 0, credits = 0;
    for (const auto& row : balances.value().rows) {
        debits += *ledger::parse_amount(row[2]) + *ledger::parse_amount(row[3]);
        credits += *ledger::parse_amount(row[4]) + *ledger::parse_amount(row[5]);
    }
    require(debits == credits, "debits must equal credits");
    return 0;
}
