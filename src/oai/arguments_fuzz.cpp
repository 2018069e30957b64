// arguments_fuzz.cpp — any bytes as the query of a request: the provider always answers, and always with sound XML.
#include "oai/memory_under_test.h"

using namespace greenbank;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    static const oai::MemoryRepository repository = [] {
        oai::MemoryRepository made;
        for (int i = 0; i < 9; ++i) made.put(std::to_string(i), Time{1'767'225'600'000'000 + i * 40'000'000'000}, "t", {i % 2 ? "water" : "energy"});
        made.erase("3", Time{1'768'000'000'000'000});
        return made;
    }();
    static const oai::ProviderSettings settings{.base_url = "https://bank.example/oai", .checksum = oai::checksum_under_test(1), .batch_size = 3};
    const std::string_view query(reinterpret_cast<const char*>(bytes), size);
    const auto answer = oai::answer(repository, settings, query, Time{1'795'000'000'000'000});
    require(static_cast<bool>(answer), "the provider did not answer");
    const auto document = xml::read(answer.value());
    require(document && document.value().root.children.size() >= 3, "the answer is no sound XML");
    if (const auto arguments = oai::read_arguments(query))
        require(oai::read_arguments(oai::write_arguments(arguments.value())).value() == arguments.value(), "arguments changed");
    return 0;
}
