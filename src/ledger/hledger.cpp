// hledger.cpp — the format of hledger 1.25, chapter "journal".
#include "ledger/hledger.h"

namespace greenbank::ledger {

namespace {

void append_escaped(std::string& out, std::string_view name) {
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == '-' || byte >= 0x80;
        if (plain) {
            out += c;
            continue;
        }
        out += '%';
        out += "0123456789ABCDEF"[byte >> 4];
        out += "0123456789ABCDEF"[byte & 15];
    }
}

} // namespace

std::string journal_account(std::string_view name) {
    std::string out;
    append_escaped(out, name);
    return out;
}

void append_transaction(std::string& out, const Entry& line, std::string_view id, std::string_view debit, std::string_view credit, std::string_view asset) {
    const std::string amount = amount_text(line.transfer.amount);
    const auto posting = [&](std::string_view account, std::string_view sign) {
        out += "    ";
        append_escaped(out, account);
        out += "  ";
        out += sign;
        out += amount;
        out += " \"";
        for (const char c : asset) out += c == '"' || c == ';' ? '_' : c;
        out += "\"\n";
    };
    out += to_text(line.transfer.booking_date);
    out += " * (";
    append_escaped(out, id);
    out += ") ";
    out += to_text(line.transfer.kind);
    out += '\n';
    posting(debit, "");
    posting(credit, "-");
    out += '\n';
}

} // namespace greenbank::ledger
