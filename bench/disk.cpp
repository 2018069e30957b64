// How long the disk takes to keep 4 KiB: what one commit costs at least.   disk [folder]
#include <fcntl.h>

#include "load.h"

using namespace greenbank::bench;

int main(int count, char** words) {
    const std::string path = std::string(count > 1 ? words[1] : ".") + "/disk.tmp";
    const int file = open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
    if (file < 0) give_up("no file can be made at " + path);
    const std::string page(4096, 'x');
    std::vector<double> microseconds;
    for (int i = 0; i < 300; ++i) {
        const auto start = Clock::now();
        if (write(file, page.data(), page.size()) < 0 || fdatasync(file) != 0) give_up("the disk refuses");
        microseconds.push_back(1e6 * seconds_since(start));
    }
    close(file);
    std::filesystem::remove(path);
    std::printf("fdatasync of 4 KiB: p50 %.0f us, p99 %.0f us\n", quantile(microseconds, 0.5), quantile(microseconds, 0.99));
    return 0;
}
