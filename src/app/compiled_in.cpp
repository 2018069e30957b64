// compiled_in.cpp — words, reference data and the sample bank, as they lie in the program.
#include <chrono>

#include "api/words.h"
#include "app/bank.h"
#include "library/reference.h"

namespace greenbank {
namespace embedded {
extern const EmbeddedFile words[];
extern const std::size_t words_count;
extern const EmbeddedFile reference_data[];
extern const std::size_t reference_data_count;
extern const EmbeddedFile sample_data[];
extern const std::size_t sample_data_count;
} // namespace embedded

namespace app {

const library::Reference& compiled_in_reference() {
    static const library::Reference reference = [] {
        std::map<std::string, std::string_view> files;
        for (const EmbeddedFile& file : std::span(embedded::reference_data, embedded::reference_data_count))
            files.emplace(split(file.path, '/').back(), file.bytes());
        auto read = library::read_reference(files);
        require(static_cast<bool>(read), read ? "" : read.error().message.c_str());
        return std::move(read).value();
    }();
    return reference;
}

void load_compiled_in_data() {
    load_words({embedded::words, embedded::words_count});
    library::set_reference(&compiled_in_reference());
}

SampleFiles sample_files() { return {embedded::sample_data, embedded::sample_data + embedded::sample_data_count}; }

Time clock_now() { return {std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count()}; }

} // namespace app
} // namespace greenbank
