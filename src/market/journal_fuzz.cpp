// journal_fuzz.cpp — any bytes as a journal of the exchange: read to its end or to a line that is none; what was read is written and read alike.
#include <optional>

#include "kernel/result.h"
#include "market/engine/journal.h"

using namespace greenbank;
using namespace greenbank::market;

namespace {

std::string written(JournalReader& reader) {
    std::string out;
    std::optional<Moment> at;
    for (auto line = reader.next(); line != JournalReader::Line::none; line = reader.next()) {
        if (line == JournalReader::Line::trade) {
            append_trade(out, reader.trade);
            continue;
        }
        if (at != reader.command.at) append_time(out, reader.command.at);
        at = reader.command.at;
        append_command(out, reader.command);
    }
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    JournalReader first({reinterpret_cast<const char*>(bytes), size});
    const std::string once = written(first);
    JournalReader second(once);
    require(written(second) == once && second.good, "what was written is not read as it was");
    return 0;
}
