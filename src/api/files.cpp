// files.cpp — reading and writing whole files.
#include "api/files.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

namespace greenbank {

Result<std::string> read_file(const std::string& path) {
    std::ostringstream text;
    if (path == "-") {
        text << std::cin.rdbuf();
        return text.str();
    }
    std::error_code none;
    std::ifstream file(path, std::ios::binary);
    if (!file || std::filesystem::is_directory(path, none))
        return Error{Failure::not_found, "file.unreadable", "The file {path} cannot be read.", {{"path", path}}};
    text << file.rdbuf();
    return text.str();
}

Result<Done> write_file(const std::string& path, std::string_view content) {
    if (path == "-") {
        std::cout << content << std::flush;
        return Done{};
    }
    const std::string temporary = path + ".part";
    std::error_code error;
    {
        std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
        file.write(content.data(), static_cast<std::streamsize>(content.size()));
        file.flush();
        if (file) std::filesystem::rename(temporary, path, error);
        if (file && !error) return Done{};
    }
    std::filesystem::remove(temporary, error);
    return Error{Failure::unavailable, "file.unwritable", "The file {path} cannot be written.", {{"path", path}}};
}

} // namespace greenbank
