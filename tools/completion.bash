# Completion of the filters for bash: source this file, or install it as bash-completion's file for each of the names.
# What can be completed comes from the filter's own --help, so that it is always that of the version in use. Operands
# and arguments of options are files unless --help gives the words to choose from (-t csv|tsv).

_tongbao()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} help words
    COMPREPLY=()
    help=$("$1" --help 2>/dev/null </dev/null | grep -E '^ +-') || return 0
    if [[ $current == -* ]]; then
        words=$(grep -oE -- '(^|[ ,])-(-[a-z][a-z-]*|[A-Za-z])\>' <<<"$help" | tr -d ' ,' | sort -u)
    elif [[ $previous =~ ^--?[A-Za-z-]+$ ]]; then
        words=$(sed -nE "s/^ +(-., )?$previous(, --[a-z-]+)?[ =]([a-z0-9]+(\|[a-z0-9]+)+)([ ,].*)?$/\3/p" <<<"$help")
    fi
    # Without words readline's default is taken: files.
    [[ -z ${words-} ]] || mapfile -t COMPREPLY < <(compgen -W "${words//|/ }" -- "$current")
}

_tongbao_names()
{
    local prefix filter
    for prefix in '' tb-; do
        for filter in extract validate claims derive lookup aggregate rank compare render bulletin; do
            complete -o default -o bashdefault -F _tongbao "$prefix$filter"
        done
    done
}
_tongbao_names
unset -f _tongbao_names
