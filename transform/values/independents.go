package values

import (
	"strings"
)

// independentNames are the names under which people without a party stand together.
var independentNames = map[string]bool{
	"independent": true, "independents": true, "unaffiliated": true,
	"independent politician": true, "independent politicians": true,
	"independent candidate": true, "independent candidates": true,
	"independent member": true, "independent members": true,
	"nonpartisan": true, "nonpartisan politician": true, "nonpartisan politicians": true,
	"nonpartisans": true, "nonpartisans politician": true, "nonpartisans politicians": true,
	"non-partisan": true, "non-partisan politician": true, "non-partisan politicians": true,
	"non-partisans": true, "non-partisans politician": true, "non-partisans politicians": true,
}

// IsIndependent reports whether a name is that of independents: "Independent politician", "Independent (politician)".
// What stands in brackets behind the name does not matter.
func IsIndependent(name string) bool {
	if name == "" || strings.IndexByte("iInNuU", name[0]) < 0 {
		return false
	}
	head, remark, ok := strings.Cut(name, " (")
	if ok && strings.HasSuffix(remark, ")") && strings.IndexAny(remark, "()") == len(remark)-1 {
		name = head
	}
	return len(name) <= len("non-partisans politicians") && independentNames[strings.ToLower(name)]
}
