// package.cpp — libzip under limits; what the zip declares is checked before a byte is unpacked, and held to afterwards.
#include "sheets/package.h"

#include <algorithm>

#include <zip.h>

namespace greenbank::sheets {

namespace {

constexpr std::uint64_t small_part_bytes = 32 << 20; // workbook, relationships, styles: their DOM takes a few times as much
constexpr std::uint64_t ratio_counts_from = 8 << 20; // small parts may be as repetitive as they like

Error damaged(std::string_view part) {
    return {
        Failure::malformed, "sheets.damaged", "The workbook is damaged or was not uploaded completely ({part}); save it again.", {{"part", std::string(part)}}};
}
Error unpacked_size(std::string_view part) {
    return {
        Failure::too_large, "sheets.unpacked_size", "The workbook unpacks to more than is allowed ({part}); split the table.", {{"part", std::string(part)}}};
}

std::string part_key(std::string_view name) {
    std::string key(name);
    for (char& c : key)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        else if (c == '\\') c = '/'; // as some old writers have it
    return key;
}

} // namespace

void PartStream::Close::operator()(zip_file* file) const { zip_fclose(file); }
void Package::Close::operator()(zip* archive) const { zip_discard(archive); }

Result<std::size_t> PartStream::read(char* into, std::size_t length) {
    std::size_t taken = 0;
    while (taken < length) {
        const zip_int64_t got = zip_fread(file_.get(), into + taken, length - taken);
        if (got < 0) return damaged(name_);
        if (got == 0) break;
        taken += static_cast<std::size_t>(got);
    }
    done_ += taken;
    if (done_ > size_ || (taken < length && done_ != size_)) return damaged(name_);
    return taken;
}

Result<std::unique_ptr<Package>> Package::open(const ByteSource& source, const Limits& limits) {
    auto package = std::make_unique<Package>();
    if (source.path().empty()) {
        zip_error_t problem;
        zip_error_init(&problem);
        zip_source_t* const bytes = zip_source_buffer_create(source.content().data(), source.content().size(), 0, &problem);
        if (bytes) package->archive_.reset(zip_open_from_source(bytes, ZIP_RDONLY, &problem));
        if (bytes && !package->archive_) zip_source_free(bytes);
        zip_error_fini(&problem);
    } else {
        int problem = 0;
        package->archive_.reset(zip_open(source.path().c_str(), ZIP_RDONLY, &problem));
    }
    if (!package->archive_) return damaged("zip");
    TRY(package->list(source.size(), limits));
    return package;
}

Result<Done> Package::list(std::uint64_t package_size, const Limits& limits) {
    const zip_int64_t count = zip_get_num_entries(archive_.get(), 0);
    if (count < 0) return damaged("zip");
    if (static_cast<std::uint64_t>(count) > limits.parts)
        return Error{Failure::too_large, "sheets.parts", "The workbook has more than {limit} parts.", {{"limit", std::to_string(limits.parts)}}};
    std::uint64_t total = 0;
    for (zip_uint64_t index = 0; index < static_cast<zip_uint64_t>(count); ++index) {
        zip_stat_t about;
        zip_stat_init(&about);
        constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
        if (zip_stat_index(archive_.get(), index, ZIP_FL_ENC_RAW, &about) != 0 || (about.valid & needed) != needed) return damaged("zip");
        if (about.encryption_method != ZIP_EM_NONE)
            return Error{Failure::unsupported, "sheets.encrypted", "The workbook is protected by a password; save it without one."};
        // Other methods may want any amount of memory to unpack, and no spreadsheet uses them.
        if (about.comp_method != ZIP_CM_STORE && about.comp_method != ZIP_CM_DEFLATE) return damaged(about.name);
        total += about.size;
        if (about.size > limits.part_bytes || total > limits.bytes) return unpacked_size(about.name);
        const std::uint64_t packed = std::max<std::uint64_t>(1, std::min<std::uint64_t>(about.comp_size, package_size));
        if (about.size > ratio_counts_from && about.size / packed > limits.compression_ratio)
            return Error{
                Failure::too_large, "sheets.compression", "The part {part} is packed tighter than any table; the file is refused.", {{"part", about.name}}};
        // Two parts of one name: which one is read would depend on the reader.
        if (!parts_.emplace(part_key(about.name), Part{index, about.size}).second) return damaged(about.name);
    }
    return Done{};
}

bool Package::has(std::string_view name) const { return parts_.contains(part_key(name)); }

std::uint64_t Package::size_of(std::string_view name) const {
    const auto found = parts_.find(part_key(name));
    return found == parts_.end() ? 0 : found->second.size;
}

Result<PartStream> Package::stream(std::string_view name) const {
    const auto found = parts_.find(part_key(name));
    if (found == parts_.end())
        return Error{Failure::malformed, "sheets.part_missing", "The workbook lacks its part {part}; save it again.", {{"part", std::string(name)}}};
    PartStream stream;
    stream.name_ = name;
    stream.size_ = found->second.size;
    stream.file_.reset(zip_fopen_index(archive_.get(), found->second.index, 0));
    if (!stream.file_) return damaged(name);
    return stream;
}

Result<std::string> Package::read(std::string_view name) const {
    PartStream part = TRY(stream(name));
    if (part.size() > small_part_bytes) return unpacked_size(name);
    std::string text(static_cast<std::size_t>(part.size()) + 1, '\0'); // one more, to meet the end and its checksum
    text.resize(TRY(part.read(text.data(), text.size())));
    return text;
}

} // namespace greenbank::sheets
