// A bank that waits holds little memory.
#pragma once

namespace greenbank::app {

/// Gives back what only the start needed: holes in the heap, and pages of the program and its libraries that were read once (code that fills
/// indices, tables of countries, the page's files). What is needed again comes back from the system's page cache, page by page.
void come_to_rest();

} // namespace greenbank::app
