// file_end.h — the language of a PDF file, which cairo cannot say: an incremental update (ISO 32000-1, 7.5.6) after cairo's last byte adds /Lang
// (14.9.2) and shows the title in the window (12.2), so that screen readers speak the right language.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace greenbank::paper {

/// Watches the bytes of a file go by and keeps the last catalogue object and what follows it: a few dozen bytes for each object of the file.
class FileEnd {
public:
    void pass(std::string_view bytes);
    /// What to append; nothing if the file does not end as a PDF 1.4 file with a plain cross-reference table does.
    std::optional<std::string> update(std::string_view language) const;

private:
    std::string tail_;       // from the last "N 0 obj\n<< /Type /Catalog" on, once it is found; else the last bytes
    std::size_t passed_ = 0; // bytes
    bool found_ = false;
};

} // namespace greenbank::paper
