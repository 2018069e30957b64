// sitemap.h — the pages of a site for search engines (sitemaps.org 0.9), with the other languages of each.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "kernel/time.h"

namespace greenbank::rdf {

constexpr std::size_t sitemap_urls_max = 50'000; // the protocol's limit for one file; 50 MiB is the other

struct SitemapUrl {
    std::string url;
    std::optional<Time> modified = {};
    /// hreflang ("zh", "en", "x-default") and address; a page names itself among them.
    std::vector<std::pair<std::string, std::string>> alternates = {};
};

/// One file; more than sitemap_urls_max is a broken promise of the caller.
std::string write_sitemap(std::span<const SitemapUrl> urls);
/// The file that names the files.
std::string write_sitemap_index(std::span<const SitemapUrl> files);

} // namespace greenbank::rdf
