// For the tests of search: both indices in a directory that vanishes, and the ids of what they find.
#pragma once

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <stdlib.h>

#include "search/groonga.h"
#include "search/naive.h"

namespace greenbank::search {

class TemporaryDirectory {
public:
    TemporaryDirectory() {
        const std::filesystem::path memory = "/dev/shm"; // closing an index waits for the disk
        const auto parent = std::filesystem::exists(memory) ? memory : std::filesystem::temp_directory_path();
        std::string name = (parent / "greenbank_search_XXXXXX").string();
        require(mkdtemp(name.data()) != nullptr, "no temporary directory");
        path_ = name;
    }
    ~TemporaryDirectory() {
        std::error_code problem;
        std::filesystem::remove_all(path_, problem);
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

    std::string operator/(const std::string& name) const { return path_ + "/" + name; }

private:
    std::string path_;
};

template <class T> T must(Result<T> result) {
    if (!result) std::fprintf(stderr, "%s\n", fill_in(result.error().message, result.error().parameters).c_str());
    require(bool(result), "a test's preparation failed");
    return std::move(result).value();
}

/// The ids of all hits, sorted, with spaces between.
inline std::string ids(const Found& found) {
    std::vector<std::string> list;
    for (const Hit& hit : found.hits) list.push_back(hit.id);
    std::sort(list.begin(), list.end());
    return join(list, " ");
}

/// With the marks as people can read them.
inline std::string readable(std::string text) {
    for (char& c : text) c = c == mark_begin ? '[' : c == mark_end ? ']' : c;
    return text;
}

} // namespace greenbank::search
