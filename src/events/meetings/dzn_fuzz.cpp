// dzn_fuzz.cpp — any bytes as an instance (.dzn, or JSON where they begin with {): read, or a problem that says where. What
// is read and small is scheduled by first come, and the judge must agree.
#include "events/engine/meetings_check.h"
#include "events/meetings/dzn.h"
#include "events/meetings/files.h"

using namespace greenbank;
using namespace greenbank::events::meetings;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const auto file = read_instance(std::string_view(reinterpret_cast<const char*>(bytes), size));
    if (!file) {
        require(!file.error().message.empty(), "an error must say what is wrong");
        return 0;
    }
    const auto instance = to_instance(file.value(), false);
    if (!instance) {
        require(!instance.error().problems.empty() || !instance.error().message.empty(), "an error must say what is wrong");
        return 0;
    }
    if (instance.value().requests.size() > 200) return 0;
    for (const Request& request : instance.value().requests)
        if (request.fixed_slot >= 0) return 0; // may be impossible together with sessions and tables that nobody was asked about
    require(faults_of(instance.value(), book_first_come(instance.value())).empty(), "a schedule must keep the rules");
    return 0;
}
