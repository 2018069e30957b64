// package.h — the zip that a workbook is (ECMA-376 part 2): its parts by name, within limits, their checksums checked.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "sheets/byte_source.h"
#include "sheets/sheets.h"

struct zip;
struct zip_file;

namespace greenbank::sheets {

/// A part, unpacked while it is read.
class PartStream {
public:
    std::uint64_t size() const { return size_; } // unpacked, as the zip declares; never more is given out
    /// Fewer bytes than asked for only at the end; there the checksum has been compared.
    Result<std::size_t> read(char* into, std::size_t length);

private:
    friend class Package;
    struct Close {
        void operator()(zip_file* file) const;
    };
    std::unique_ptr<zip_file, Close> file_;
    std::string name_;
    std::uint64_t size_ = 0, done_ = 0;
};

class Package {
public:
    /// `source` must outlive the package. Refuses what is damaged, encrypted, ambiguous, or declares more than the limits allow.
    static Result<std::unique_ptr<Package>> open(const ByteSource& source, const Limits& limits);

    /// Names as in the zip: "xl/workbook.xml"; case does not count.
    bool has(std::string_view name) const;
    std::uint64_t size_of(std::string_view name) const; // unpacked; 0 where there is no such part
    Result<PartStream> stream(std::string_view name) const;
    /// A small part as a whole.
    Result<std::string> read(std::string_view name) const;

private:
    struct Close {
        void operator()(zip* archive) const;
    };
    struct Part {
        std::uint64_t index = 0, size = 0;
    };
    Result<Done> list(std::uint64_t package_size, const Limits& limits);

    std::unique_ptr<zip, Close> archive_;
    std::unordered_map<std::string, Part> parts_;
};

} // namespace greenbank::sheets
