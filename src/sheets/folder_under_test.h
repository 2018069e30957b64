// folder_under_test.h — for tests of commands over files: a folder that goes with the object.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "kernel/result.h"

namespace greenbank::sheets {

class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "greenbank-files-XXXXXX").string();
        require(mkdtemp(name.data()) != nullptr, "no folder for the test");
        path_ = name;
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;

    std::string at(const std::string& name) const { return (path_ / name).string(); }
    /// Returns where it lies; folders within the folder are made.
    std::string write(const std::string& name, std::string_view text) const {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name, std::ios::binary) << text;
        return at(name);
    }
    std::string read(const std::string& name) const {
        std::stringstream text;
        text << std::ifstream(path_ / name, std::ios::binary).rdbuf();
        return text.str();
    }
    bool has(const std::string& name) const { return std::filesystem::exists(path_ / name); }
    std::size_t count() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), std::filesystem::directory_iterator()));
    }

private:
    std::filesystem::path path_;
};

} // namespace greenbank::sheets
