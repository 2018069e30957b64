// at_rest.cpp — pages that only the start needed go back to the system.
#include "app/at_rest.h"

#include <cstdint>
#include <link.h>
#include <malloc.h>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>

namespace greenbank::app {

namespace {

/// Only segments that nobody can have written to: theirs are the file's bytes, and so they will be when they are read again.
int drop_pages(dl_phdr_info* object, std::size_t, void*) {
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    if (std::string_view(object->dlpi_name).starts_with("linux-vdso")) return 0; // the kernel's
    for (int i = 0; i < object->dlpi_phnum; ++i) {
        const ElfW(Phdr)& segment = object->dlpi_phdr[i];
        if (segment.p_type == PT_DYNAMIC)
            for (const auto* entry = reinterpret_cast<const ElfW(Dyn)*>(object->dlpi_addr + segment.p_vaddr); entry->d_tag != DT_NULL; ++entry)
                if (entry->d_tag == DT_TEXTREL) return 0; // its code was written to when it was loaded
    }
    for (int i = 0; i < object->dlpi_phnum; ++i) {
        const ElfW(Phdr)& segment = object->dlpi_phdr[i];
        if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W)) continue;
        const std::uintptr_t begin = (object->dlpi_addr + segment.p_vaddr + page - 1) / page * page;
        const std::uintptr_t end = (object->dlpi_addr + segment.p_vaddr + segment.p_memsz) / page * page;
        if (end > begin) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
    }
    return 0;
}

} // namespace

void come_to_rest() {
    malloc_trim(0);
    ::dl_iterate_phdr(drop_pages, nullptr);
}

} // namespace greenbank::app
