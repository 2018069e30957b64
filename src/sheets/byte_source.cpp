// byte_source.cpp — stdio for files, a copy for bytes.
#include "sheets/byte_source.h"

#include <algorithm>
#include <cstring>
#include <system_error>

namespace greenbank::sheets {

namespace {

Error unreadable(const std::filesystem::path& path) {
    return {Failure::unavailable, "sheets.unreadable", "The file {name} could not be read.", {{"name", path.filename().string()}}};
}

} // namespace

Result<ByteSource> ByteSource::open(const std::filesystem::path& path) {
    std::error_code problem;
    ByteSource source;
    // A pipe would wait for ever, and could not be read twice.
    if (!std::filesystem::is_regular_file(path, problem)) return unreadable(path);
    source.size_ = std::filesystem::file_size(path, problem);
    source.file_.reset(std::fopen(path.c_str(), "rb"));
    if (problem || !source.file_) return unreadable(path);
    std::setvbuf(source.file_.get(), nullptr, _IONBF, 0); // readers bring buffers of their own
    source.path_ = path;
    return source;
}

ByteSource ByteSource::of(std::string content) {
    ByteSource source;
    source.size_ = content.size();
    source.content_ = std::move(content);
    return source;
}

Result<std::size_t> ByteSource::read(char* into, std::size_t length) {
    if (!file_) {
        const std::size_t taken = static_cast<std::size_t>(std::min<std::uint64_t>(length, size_ - at_));
        std::memcpy(into, content_.data() + at_, taken);
        at_ += taken;
        return taken;
    }
    const std::size_t taken = std::fread(into, 1, length, file_.get());
    if (taken == 0 && std::ferror(file_.get())) return unreadable(path_);
    return taken;
}

void ByteSource::rewind() {
    at_ = 0;
    if (file_) std::rewind(file_.get());
}

} // namespace greenbank::sheets
