// read_fuzz.cpp — any bytes as JSON, into a record that has every kind; what is read must be written and read again the same.
#include "json/json.h"

using namespace greenbank;

namespace {

enum class Colour { red, green };

struct Leaf {
    std::string name;
    std::optional<double> weight;
};
Record describe(const Leaf*) { return {"leaf", "A leaf.", {field<&Leaf::name>("name", "Name."), field<&Leaf::weight>("weight", "Weight.")}}; }

struct Tree {
    static constexpr std::string_view id_prefix = "tree";
    std::optional<Id<Tree>> id;
    std::optional<bool> open;
    std::optional<std::int64_t> count;
    std::optional<Colour> colour;
    std::optional<Money> price;
    std::optional<Quantity> size;
    std::optional<Date> day;
    std::optional<Time> at;
    Text title;
    std::optional<Leaf> leaf;
    std::vector<Leaf> leaves;
    std::vector<std::string> tags;
};
Record describe(const Tree*);

} // namespace

template <> struct greenbank::Choices<Colour> {
    static constexpr std::string_view name = "colour";
    static constexpr std::string_view values[] = {"red", "green"};
};

namespace {
Record describe(const Tree*) {
    return {"tree", "A tree.",
        {field<&Tree::id>("id", "Id."), field<&Tree::open>("open", "Open."), field<&Tree::count>("count", "Count."), field<&Tree::colour>("colour", "Colour."),
            field<&Tree::price>("price", "Price."), field<&Tree::size>("size", "Size."), field<&Tree::day>("day", "Day."), field<&Tree::at>("at", "At."),
            field<&Tree::title>("title", "Title."), field<&Tree::leaf>("leaf", "Leaf."), field<&Tree::leaves>("leaves", "Leaves."),
            field<&Tree::tags>("tags", "Tags.")}};
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const auto tree = from_json<Tree>({reinterpret_cast<const char*>(bytes), size});
    if (!tree) return 0;
    const std::string written = to_json(tree.value());
    const auto again = from_json<Tree>(written);
    require(static_cast<bool>(again), "what was written cannot be read");
    require(to_json(again.value()) == written, "what was read again differs");
    return 0;
}
