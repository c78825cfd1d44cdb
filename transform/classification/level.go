package classification

import (
	"slices"

	"hemicycle/schemas"
	"hemicycle/schemas/contest"
	"hemicycle/transform/kinds"
	"hemicycle/transform/places"
)

// readLevel finds the level of the body that is elected.
func (x *evidence) readLevel() {
	for _, t := range x.texts {
		if t.Level != "" {
			x.c.Level = schemas.Classified{Value: t.Level, Basis: t.basis}
			return
		}
	}
	for _, t := range x.texts {
		level, isTold := x.levelOf(&t.Title)
		if isTold {
			if level != "" {
				x.c.Level = schemas.Classified{Value: level, Basis: t.basis}
			}
			return
		}
	}
	x.readLevelOfLabel()
}

// levelOf returns the level that the place of a title tells. isTold is false if it names none.
func (x *evidence) levelOf(t *kinds.Title) (level string, isTold bool) {
	kind := x.c.Kind.Value
	if t.IsOfDepartments() || kind == contest.Local && t.IsOfParts() {
		return "", true
	}
	head := slices.DeleteFunc(slices.Clone(t.Head), func(p places.Place) bool {
		return x.place.Code != "" && p.Code != x.place.Code
	})
	if len(head) == 0 {
		if kind == contest.Gubernatorial && x.place.Scope != places.Territory {
			return contest.LevelSubnational, true
		}
		return "", false
	}
	isOfOtherScope := func(p places.Place) bool { return p.Scope != head[0].Scope }
	isNameOfSeveral := len(codes(head)) > 1 && slices.ContainsFunc(head, isOfOtherScope) // Georgia
	isUnknown := kind == contest.Leadership || kind == "" && !t.IsOfParts() && !t.IsGeneral
	switch {
	case isNameOfSeveral, head[0].Scope == places.Territory:
		return "", true
	case head[0].Scope == places.City && kind != contest.Gubernatorial:
		return contest.LevelLocal, true
	case head[0].Scope == places.City: // a prefecture or a province with the name of its city
		return contest.LevelSubnational, true
	case head[0].Scope == places.Part && kind == contest.Primary:
		return levelUnless(!t.Has("presidential"), contest.LevelNational), true
	case head[0].Scope == places.Part:
		return levelUnless(isUnknown, contest.LevelSubnational), true
	}
	return levelUnless(isUnknown || head[0].Code == "", x.levelOfCountry(t, head[0].Code)), true
}

// levelOfCountry returns the level of an election whose title names a country.
func (x *evidence) levelOfCountry(t *kinds.Title, code string) string {
	isOfNation := t.Has("senate", "house of representatives", "congressional", "federal", "parliamentary")
	switch {
	case x.c.Kind.Value == contest.ByElection && !isOfNation:
		return "" // a by-election may be that of a mayor
	case t.IsOfParts():
		return levelUnless(x.place.Scope == places.Territory, contest.LevelSubnational)
	}
	return levelUnless(x.isBeforeIndependence(code), contest.LevelNational)
}

// levelUnless returns a level, or none if a condition holds.
func levelUnless(isUnknown bool, level string) string {
	if isUnknown {
		return ""
	}
	return level
}

// republics are the years until which countries were republics of a union, so that their elections were national and
// those of a part of a country at once.
var republics = map[string]int{
	"SRB": 2006, "MNE": 2006, "HRV": 1991, "SVN": 1991, "MKD": 1991, "BIH": 1992, "CZE": 1992, "SVK": 1992, "UKR": 1991,
	"BLR": 1991, "MDA": 1991, "GEO": 1991, "ARM": 1991, "AZE": 1991, "KAZ": 1991, "KGZ": 1991, "UZB": 1991, "TKM": 1991,
	"TJK": 1991, "EST": 1991, "LVA": 1991, "LTU": 1991, "XKX": 2008, "RUS": 1991,
}

// isBeforeIndependence reports whether a country was a republic of a union at the time.
func (x *evidence) isBeforeIndependence(code string) bool {
	const unions = 1940 // before, the countries of the Baltic were states, and others had no elections of their own
	return x.year >= unions && x.year <= republics[code]
}

// isEnglish reports whether the words of titles are those that package kinds knows well.
func (x *evidence) isEnglish() bool {
	return slices.Contains([]string{"", "en", "simple"}, x.d.Lang)
}

// isOfNation reports whether a title in another language has a word that only national elections have: that of a
// parliament can be the one of a Land or a province.
func (x *evidence) isOfNation() bool {
	return slices.ContainsFunc(x.texts, func(t classifiedText) bool {
		return t.Has("bundestagswahl", "nationalratswahl", "genel", "milletvekili", "senato")
	})
}

// oneParliament are the countries whose flag's label at a by-election means that it is for the national parliament.
// Those of Scotland and its like have labels of their own.
var oneParliament = []string{"GBR", "IRL", "NZL"}

// readLevelOfLabel takes the level from the flag's label, where neither name nor title names a place.
func (x *evidence) readLevelOfLabel() {
	kind, basis := x.c.Kind.Value, x.c.Country.Basis
	isOfFlag := basis == schemas.BasisOuterBox || len(codes(x.label)) == 1
	if !isOfFlag || x.place.Code == "" {
		return
	}
	switch x.place.Scope {
	case places.City:
		if kind == contest.Referendum {
			return
		}
		x.c.Level = schemas.Classified{Value: contest.LevelLocal, Basis: basis}
	case places.Country:
		isByWords := slices.ContainsFunc(x.texts, func(t classifiedText) bool {
			return t.IsOfParts() || t.HasOtherWords
		}) || kind != contest.Presidential && !x.isEnglish() && !x.isOfNation()
		isNational := slices.Contains([]string{
			contest.Presidential, contest.Legislative, contest.Referendum, contest.General,
		}, kind)
		isPrimary := kind == contest.Primary &&
			slices.ContainsFunc(x.texts, func(t classifiedText) bool { return t.Has("presidential") })
		isByElection := kind == contest.ByElection && slices.Contains(oneParliament, x.place.Code)
		if (isNational && !isByWords || isPrimary || isByElection) && !x.isBeforeIndependence(x.place.Code) {
			x.c.Level = schemas.Classified{Value: contest.LevelNational, Basis: basis}
		}
	}
}
