// tell.h — how a room tells an address of the web something: an interface, so that rooms know no socket; http implements it.
#pragma once

#include <string>

#include "kernel/result.h"

namespace greenbank {

class Tell {
public:
    virtual ~Tell() = default;
    /// POSTs JSON from any thread, at most ten seconds, and follows no redirect: what is told to one address is told to no other.
    /// To `mailto:somebody@example.org` a mail instead: the first line of `body` is its subject.
    /// The status, whatever it is (of a mail: 250 where the relay took it); what cannot be reached is an Error that says so.
    virtual Result<int> tell(const std::string& url, const std::string& body) = 0;
};

} // namespace greenbank
