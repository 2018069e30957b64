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

FNR == 1 {
    header = FILENAME ~ /\.h$/
    unnamed = 0
    space = "greenbank"
    if (!header) sources[++count] = FILENAME
}
/^namespace greenbank[a-z_:]* \{$/ { space = $2; if (!header) space_of[FILENAME] = space; next }
/^namespace \{$/ { unnamed = 1; next }
/^\} \/\/ namespace$/ { unnamed = 0; next }
/^[A-Za-z]/ && !/^(namespace|public|private|protected|extern|static_assert|return|TEST_CASE|REGISTER)/ && (header || unnamed || /^(static|using [A-Za-z_]+ =)/) {
    amount = split(own_names($0), found, " ")
    for (i = 1; i <= amount; ++i)
        if (header) public_names[space, found[i]] = 1
        else own[FILENAME] = own[FILENAME] " " found[i]
}
/^\} [A-Za-z_].*[;{]$/ && unnamed && !header { sub(/^\} /, ""); own[FILENAME] = own[FILENAME] " " own_names($0) } # of a struct without a name
{ lines[FILENAME] = FNR }

END {
    for (at = 1; at <= count; ++at) {
        path = sources[at]
        amount = split(own[path], found, " ")
        alone = lines[path] > 600
        for (i = 1; i <= amount; ++i) if ((space_of[path], found[i]) in public_names || ("greenbank", found[i]) in public_names) alone = 1
        if (alone) { print 0, path; continue }
        for (batch = 1; batch <= batches; ++batch) {
            free = size[batch] < most && length_of[batch] + lines[path] <= 250 * most
            for (i = 1; free && i <= amount; ++i) if ((batch, found[i]) in taken) free = 0
            if (free) break
        }
        if (batch > batches) batches = batch
        ++size[batch]
        length_of[batch] += lines[path]
        for (i = 1; i <= amount; ++i) taken[batch, found[i]] = 1
        print batch, path
    }
}
