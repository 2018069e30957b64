// value_tree_fuzz.cpp — any bytes as a tree of values; what is read is written and read again the same.
#include "json/value_tree.h"

using namespace greenbank;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const auto tree = read_value_tree({reinterpret_cast<const char*>(bytes), size});
    if (!tree) return 0;
    const std::string written = to_json(tree.value());
    const auto again = read_value_tree(written);
    require(static_cast<bool>(again), "what was written cannot be read");
    require(again.value() == tree.value(), "what was read again differs");
    require(to_json(again.value()) == written, "what was written again differs");
    return 0;
}
