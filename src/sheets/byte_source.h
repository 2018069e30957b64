// byte_source.h — a file or bytes in memory, read from the front as often as wanted.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "kernel/result.h"

namespace greenbank::sheets {

class ByteSource {
public:
    static Result<ByteSource> open(const std::filesystem::path& path);
    static ByteSource of(std::string content);

    std::uint64_t size() const { return size_; }
    /// As much as there is, up to `length`; 0 at the end.
    Result<std::size_t> read(char* into, std::size_t length);
    void rewind();

    const std::filesystem::path& path() const { return path_; } // empty: in memory
    const std::string& content() const { return content_; }     // empty: a file

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::filesystem::path path_;
    std::unique_ptr<std::FILE, Close> file_;
    std::string content_;
    std::uint64_t size_ = 0, at_ = 0;
};

} // namespace greenbank::sheets
