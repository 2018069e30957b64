// text_file.cpp — pieces of a quarter of a megabyte into the file beside.
#include "sheets/text_file.h"

namespace greenbank::sheets {

Result<TextFile> TextFile::create(const std::string& path) {
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored) && !std::filesystem::is_regular_file(path, ignored))
        return Error{Failure::invalid, "sheets.file_not_regular", "{path} is not a plain file; name another one to write.", {{"path", path}}};
    TextFile file(TRY(WrittenFile::beside(path)));
    file.file_.reset(std::fopen(file.written_.temporary().c_str(), "wb"));
    if (!file.file_) return unwritable(path);
    return file;
}

Result<Done> TextFile::write() {
    if (std::fwrite(text_.data(), 1, text_.size(), file_.get()) != text_.size()) return disk_full();
    text_.clear();
    return Done{};
}

Result<Done> TextFile::place() {
    TRY(write());
    if (std::fclose(file_.release()) != 0) return disk_full();
    return written_.place();
}

void append_cell(std::string& out, std::string_view cell) {
    if (cell.find_first_of(",\"\n\r") == std::string_view::npos) {
        out += cell;
        return;
    }
    out += '"';
    for (const char c : cell) (out += c) += c == '"' ? "\"" : "";
    out += '"';
}

} // namespace greenbank::sheets
