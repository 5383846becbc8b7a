# What of the circular the bulletin carries, as docs/coverage.md: `make coverage`. Reads pipelines/layout.tsv, samples/claims.tsv (every
# published figure) and samples/published-map.tsv (the cells that stand for them), in that order.
BEGIN { FS = "\t" }
/^#/ || NF == 0 { next }
FILENAME != name { name = FILENAME; file++; split("", at); for (i = 1; i <= NF; i++) at[$i] = i; next }

# Layout: the tables of each article, in the order of the bulletin.
file == 1 && $at["kind"] == "table" && $at["articles"] != "" {
	n = split($at["articles"], list, ", ")
	for (i = 1; i <= n; i++) tables[list[i]] = tables[list[i]] (tables[list[i]] == "" ? "" : ", ") $at["item"]
}

# A figure is known by its article, place and measure; where the map says more of the measure, by what was printed.
function known_by(what) { return $at["article"] "\t" $at["place"] "\t" what }
file == 2 {
	published[$at["article"]]++
	claims++
	article[claims] = $at["article"]
	claim[claims] = known_by($at["measure_en"])
	printed[claims] = known_by($at["value"] " " $at["unit"])
	said[claims] = "| " $at["article"] " | " $at["place"] " | " $at["measure_en"] " " $at["measure_zh"] " | " bounded($at["qual"]) $at["value"] " " $at["unit"] " |"
}
function bounded(qual) { return qual == "=" ? "" : qual " " }
file == 3 {
	status[$at["article"], $at["status"]]++
	placed[known_by($at["measure_en"])] = 1
	as_printed[known_by($at["value"] " " $at["unit"])]++
	if ($at["status"] == "not carried")
		without[++uncarried] = "| " $at["article"] " | " $at["place"] " | " $at["measure_en"] " | " bounded($at["qual"]) $at["value"] " " $at["unit"] " | " $at["note"] " |"
}

END {
	for (i = 1; i <= claims; i++) if (claim[i] in placed) as_printed[printed[i]]--
	for (i = 1; i <= claims; i++) if (!(claim[i] in placed) && as_printed[printed[i]]-- <= 0) { yet[++open_n] = said[i]; open_of[article[i]]++ }
	print "# What of the circular the bulletin carries"
	print ""
	print "Made by `make coverage` from `pipelines/layout.tsv`, `samples/claims.tsv` and `samples/published-map.tsv`; not written by hand."
	print ""
	print "## Articles and tables"
	print ""
	print "Which tables serve each article, and what became of the figures that it prints: *met* and *contradiction* are those that a table carries"
	print "(docs/published-figures.md tells of contradictions), *not carried* those that none can, with the reasons below, *open* those that no table"
	print "carries yet."
	print ""
	print "| article | tables | figures | met | contradiction | not carried | open |"
	print "|---|---|---|---|---|---|---|"
	for (a = 1; a <= 28; a++) {
		met = status[a, "met"] + 0; against = status[a, "contradiction"] + 0; none = status[a, "not carried"] + 0
		open = open_of[a] + 0
		print "| " a " | " tables[a] " | " published[a] " | " met " | " against " | " none " | " open " |"
		all += published[a]; all_met += met; all_against += against; all_none += none; all_open += open
	}
	print "| all | | " all " | " all_met " | " all_against " | " all_none " | " all_open " |"
	print ""
	print "## Figures that no table carries, and why"
	print ""
	print "| article | place | figure | published | why |"
	print "|---|---|---|---|---|"
	for (i = 1; i <= uncarried; i++) print without[i]
	if (all_open > 0) {
		print ""
		print "## Figures that no table carries yet"
		print ""
		print "| article | place | figure | published |"
		print "|---|---|---|---|"
		for (i = 1; i <= open_n; i++) print yet[i]
	}
}
