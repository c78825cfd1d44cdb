package rowkinds

import (
	"strings"
	"unicode/utf8"
)

// independentNames are the names under which people without a party stand together, in lower case.
var independentNames = map[string]bool{
	"independent": true, "independents": true, "unaffiliated": true, "ind": true, "indep": true, "indpt": true,
	"independent politician": true, "independent politicians": true,
	"independent candidate": true, "independent candidates": true,
	"independent member": true, "independent members": true, "independent mp": true, "independent mps": true,
	"nonpartisan": true, "nonpartisan politician": true, "nonpartisan politicians": true,
	"nonpartisans": true, "nonpartisans politician": true, "nonpartisans politicians": true,
	"non-partisan": true, "non-partisan politician": true, "non-partisan politicians": true,
	"non-partisans": true, "non-partisans politician": true, "non-partisans politicians": true,
	"nonpartisan candidate": true, "nonpartisan candidates": true,
	"non-partisan candidate": true, "non-partisan candidates": true,
	"non partisan": true, "non-party": true, "non-party politician": true, "no party": true,
	"no party affiliation": true, "no party preference": true, "no affiliation": true, "without party": true,
	"non-affiliated": true, "nonaffiliated": true, "non-attached": true, "non-attached members": true,
	"unattached": true, "crossbench": true, "crossbenchers": true,
	"speaker": true, "the speaker": true, "speaker seeking re-election": true,

	"non-inscrit": true, "non-inscrits": true, "non inscrit": true, "non inscrits": true, "députés non-inscrits": true,
	"indépendant": true, "indépendants": true, "indépendante": true, "indépendantes": true, "sans étiquette": true,
	"sans parti": true, "candidats indépendants": true,
	"independiente": true, "independientes": true, "sin partido": true, "candidatos independientes": true,
	"independente": true, "independentes": true, "sem partido": true, "não inscritos": true,
	"indipendente": true, "indipendenti": true, "independenți": true, "independent politic": true,
	"parteilos": true, "parteilose": true, "parteiloser": true, "parteifrei": true, "unabhängig": true,
	"unabhängige": true, "fraktionslos": true, "einzelbewerber": true,
	"onafhankelijk": true, "onafhankelijken": true, "partijloos": true, "partijlozen": true,
	"uafhængig": true, "uafhængige": true, "løsgænger": true, "løsgængere": true, "uden for partierne": true,
	"uavhengig": true, "uavhengige": true, "oberoende": true, "partilös": true, "partilösa": true,
	"sitoutumaton": true, "sitoutumattomat": true,
	"bağımsız": true, "bağımsızlar": true, "müstəqil": true, "bitərəf": true, "bitərəflər": true,
	"niezależny": true, "niezależni": true, "bezpartyjny": true, "bezpartyjni": true, "niezrzeszeni": true,
	"nezávislý": true, "nezávislí": true, "nezávislí kandidáti": true, "nestraník": true, "nestraníci": true,
	"bez politické příslušnosti": true, "független": true, "függetlenek": true,
	"nezavisni": true, "nezavisni kandidat": true, "nezavisni kandidati": true, "neodvisni": true,
	"независимые": true, "независимый": true, "самовыдвиженец": true, "самовыдвиженцы": true, "беспартийный": true,
	"беспартийные": true, "самовисування": true, "самовисуванці": true, "безпартійний": true, "безпартійні": true,
	"ανεξάρτητος": true, "ανεξάρτητοι": true, "independen": true,
	"無黨籍": true, "无党籍": true, "無所属": true, "무소속": true,
}

// longestIndependentName is more than the length of each of independentNames, in bytes.
const longestIndependentName = 60

// IsIndependent reports whether a name is that of independents: "Independent politician", "Independent (politician)",
// "Ind.", "Non-inscrits". What stands in brackets behind the name does not matter.
func IsIndependent(name string) bool {
	if name == "" {
		return false
	}
	head, remark, ok := strings.Cut(name, " (")
	if ok && strings.HasSuffix(remark, ")") && strings.IndexAny(remark, "()") == len(remark)-1 {
		name = head
	}
	if len(name) > longestIndependentName {
		return false
	}
	if independentNames[strings.ToLower(name)] {
		return true
	}
	isOther := func(c rune) bool { return c == '.' || c >= utf8.RuneSelf }
	if strings.IndexFunc(name, isOther) < 0 {
		return false
	}
	plain := strings.ToLower(strings.TrimSuffix(punctuationReplacer.Replace(name), "."))
	return independentNames[plain]
}
