# Which sources may be compiled in one go. What an unnamed namespace declares, and what is static, is one file's own; two files that use one name,
# or a name that a header declares where the file sees it, must not meet in a batch.
#   awk -v most=8 -f batches.awk HEADERS… SOURCES…     prints "batch path", batch 0: alone
# It reads what clang-format wrote: declarations stand in the first column, an unnamed namespace ends with "} // namespace".

function own_names(line,    head, name) {
    names = ""
    sub(/^template <.*> /, "", line)
    if (line ~ /^(struct|class|enum class|enum|union|concept|using) /) {
        sub(/^(enum class|[a-z]+) /, "", line)
        sub(/^[A-Za-z0-9_:]*::/, "", line) # using room::Name
        match(line, /^[A-Za-z_][A-Za-z0-9_]*/)
        return substr(line, 1, RLENGTH)
    }
    head = line
    sub(/ = .*/, "", head) # a value, or a default argument
    sub(/\{.*/, "", head)
    if (head ~ /\(/) {
        sub(/\(.*/, "", head)
        match(head, /[A-Za-z_][A-Za-z0-9_]*$/)
        return RSTART ? substr(head, RSTART, RLENGTH) : ""
    }
    while (match(line, /[A-Za-z_][A-Za-z0-9_]*(\[[^]]*\])*( = |\{|;)/)) { # one declaration may give several names
        name = substr(line, RSTART, RLENGTH)
        sub(/[^A-Za-z0-9_].*/, "", name)
        names = names " " name
        line = substr(line, RSTART + RLENGTH)
    }
    return names
}

# The headers that a file sees, as " name name …": what it includes and what these include.
function seen_by(path,    waiting, at, next_one) {
    if (path in closure) return
    closure[path] = " "
    waiting = includes[path]
    while (waiting != "") {
        at = index(waiting, " ")
        next_one = substr(waiting, 1, at - 1)
        waiting = substr(waiting, at + 1)
        if (sees[path, next_one]) continue
        sees[path, next_one] = 1
        closure[path] = closure[path] next_one " "
        waiting = waiting includes[next_one]
    }
}

# Whether a header which one file sees declares a name that the other keeps to itself.
function meets(own_path, seeing_path,    found, amount, i, at, places, spaces, space_at) {
    amount = split(own[own_path], found, " ")
    split(space_of[own_path] " greenbank", spaces, " ")
    for (i = 1; i <= amount; ++i)
        for (space_at = 1; space_at <= 2; ++space_at) {
            if (!((spaces[space_at], found[i]) in declared_in)) continue
            split(declared_in[spaces[space_at], found[i]], places, " ")
            for (at in places) if (sees[seeing_path, places[at]]) return 1
        }
    return 0
}

# How a header is named: from src or tests on. A file may also name one of its own folder without the folder.
function from_root(path) { sub(/^.*\/(src|tests)\//, "", path); return path }

BEGIN { for (at = 1; at < ARGC; ++at) if (ARGV[at] ~ /\.h$/) is_header[from_root(ARGV[at])] = 1 }
FNR == 1 {
    header = FILENAME ~ /\.h$/
    unnamed = 0
    space = "greenbank"
    if (!header) sources[++count] = FILENAME
    me = header ? from_root(FILENAME) : FILENAME
    folder = from_root(FILENAME)
    sub(/[^\/]*$/, "", folder)
}
/^#include "/ { split($0, quoted, "\""); includes[me] = includes[me] ((folder quoted[2]) in is_header ? folder : "") quoted[2] " " }
/^namespace greenbank[a-z_:]* \{$/ { space = $2; if (!header) space_of[FILENAME] = space; next }
/^namespace \{$/ { unnamed = 1; next }
/^\} \/\/ namespace$/ { unnamed = 0; next }
/^[A-Za-z]/ && !/^(namespace|public|private|protected|extern|static_assert|return|TEST_CASE|REGISTER)/ && (header || unnamed || /^(static|using [A-Za-z_]+ =)/) {
    amount = split(own_names($0), found, " ")
    for (i = 1; i <= amount; ++i)
        if (header) declared_in[space, found[i]] = declared_in[space, found[i]] " " me
        else if (found[i] != "describe") own[FILENAME] = own[FILENAME] " " found[i] # found by its argument, whose type is checked here too
}
/^\} [A-Za-z_].*[;{]$/ && unnamed && !header { sub(/^\} /, ""); own[FILENAME] = own[FILENAME] " " own_names($0) } # of a struct without a name
{ lines[FILENAME] = FNR }

END {
    for (at = 1; at <= count; ++at) {
        path = sources[at]
        seen_by(path)
        amount = split(own[path], found, " ")
        if (lines[path] > 600) { print 0, path; continue }
        for (batch = 1; batch <= batches; ++batch) {
            free = size[batch] < most && length_of[batch] + lines[path] <= 250 * most
            for (i = 1; free && i <= amount; ++i) if ((batch, found[i]) in taken) free = 0
            for (i = 1; free && i <= size[batch]; ++i) if (meets(path, member[batch, i]) || meets(member[batch, i], path)) free = 0
            if (free) break
        }
        if (batch > batches) batches = batch
        member[batch, ++size[batch]] = path
        length_of[batch] += lines[path]
        for (i = 1; i <= amount; ++i) taken[batch, found[i]] = 1
        print batch, path
    }
}
