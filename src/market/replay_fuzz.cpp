// replay_fuzz.cpp — any bytes as a day of orders: refused with its lines, or replayed twice to the same deals and the same book.
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "market/replay_files.h"

using namespace greenbank;
using namespace greenbank::market;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    static const std::string path = (std::filesystem::temp_directory_path() / ("greenbank-replay-" + std::to_string(getpid()) + ".csv")).string();
    std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(bytes), static_cast<std::streamsize>(size));
    const auto replayed = replay_files({.in = path, .rules = {}, .trades = {}, .state = {}});
    if (!replayed) {
        require(!replayed.error().code.empty(), "orders are refused without a reason");
        return 0;
    }
    const auto again = replay_files({.in = path, .rules = {}, .trades = {}, .state = {}});
    require(again && again.value().trades_sha256 == replayed.value().trades_sha256 && again.value().state_sha256 == replayed.value().state_sha256,
        "the same orders gave another book");
    require(replayed.value().trades == 0 || replayed.value().volume != "0", "deals without a volume");
    return 0;
}
