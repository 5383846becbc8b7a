# What the tests of mappings share: a mapping in few words, and a file that it refuses.

# mapping ROW...: map.tsv with the columns of $COLUMNS; the fields of a row are separated by ; and those left out at its end
# are empty.
mapping() {
    tr ' ' '\t' <<<"$COLUMNS" >map.tsv
    local row width
    width=$(wc -w <<<"$COLUMNS")
    for row in "$@"; do
        row+=';;;;;;;'
        cut -d';' -f1-"$width" <<<"$row" | tr ';' '\t' >>map.tsv
    done
}

map() { extract -m map.tsv -u units.tsv -x aliases.tsv "$@"; }

# refused TEXT FILE [OPTION...]: status 3, and the message says TEXT.
refused() {
    local text=$1 file=$2
    shift 2
    run -3 --separate-stderr map "$@" "$file"
    [[ $stderr == *"$text"* ]] || { echo "$stderr"; return 1; }
}
