// Package classification finds out where an election is held, for which body, and of what kind it is. It weighs what
// the labels of a box, its phrase on seats and the title of its page say, and concludes nothing from one sign where
// another contradicts it.
//
// Start with Of.
package classification

import (
	"slices"

	"hemicycle/schemas"
	"hemicycle/transform/chambers"
	"hemicycle/transform/kinds"
	"hemicycle/transform/places"
	"hemicycle/transform/values"
)

// maxDepth bounds the outer boxes of a box that are asked. Boxes are four deep in the wild.
const maxDepth = 8

// evidence is what speaks of what an election is, and what was made of it so far.
type evidence struct {
	d        *schemas.Document
	box      *schemas.Infobox
	e        *schemas.Election
	chambers int // that the phrase on seats names
	c        schemas.Classification
	year     int
	label    []places.Place // that the flag's label names
	// texts are what the name in the box and the title of the page say, in this order.
	texts []classifiedText
	// place is the place that was chosen.
	place places.Place
	// conflict is what two signs say of the country, if they contradict each other.
	conflict *Conflict
}

// classifiedText is a name or a title with its basis.
type classifiedText struct {
	kinds.Title
	text  string
	basis schemas.Basis
}

// Conflict is a country that the label or the name in a box says, and another one that its name or the title says.
// Neither is taken.
type Conflict struct{ Box, Title string }

// Of returns what an election is, once its box is read, and a conflict if there is one. phraseChambers is how many
// chambers its phrase on seats names with seats of each, 0 for one.
func Of(d *schemas.Document, box *schemas.Infobox, e *schemas.Election, phraseChambers int) (
	schemas.Classification, *Conflict) {
	x := &evidence{d: d, box: box, e: e, chambers: phraseChambers, year: e.Date.Year}
	x.label = places.OfLabel(e.Country, d.Lang)
	lang := d.Lang
	if e.Name != "" {
		x.texts = append(x.texts, classifiedText{kinds.Read(e.Name, lang), e.Name, schemas.BasisLabel})
	}
	if title := d.Title; title != "" && title != e.Name {
		x.texts = append(x.texts, classifiedText{kinds.Read(title, lang), title, schemas.BasisTitle})
	}
	for _, t := range x.texts {
		if x.year == 0 {
			x.year = t.Year
		}
	}
	x.label = x.ofToday(x.label)
	for i := range x.texts {
		t := &x.texts[i]
		t.Head, t.Tail, t.Qualifier = x.ofToday(t.Head), x.ofToday(t.Tail), x.ofToday(t.Qualifier)
	}
	x.readKind()
	x.readPlace()
	if x.conflict == nil {
		x.readSubdivision()
		x.readLevel()
		x.readChamber()
	}
	return x.c, x.conflict
}

// readKind finds the kind: what the name or the title says, since a type of presidential or parliamentary chooses how a
// box looks and is given to mayors and by-elections too; else the type, the phrase on seats or the template.
func (x *evidence) readKind() {
	e, isGeneral, general := x.e, false, schemas.Basis("")
	for _, t := range x.texts {
		if t.Kind == kinds.None {
			return
		}
		if t.Kind != "" {
			x.c.Kind = schemas.Classified{Value: t.Kind, Basis: t.basis}
			return
		}
		if t.IsGeneral && !isGeneral {
			isGeneral, general = true, t.basis
		}
	}
	ofType := kinds.Read(e.Type, x.d.Lang)
	switch {
	case isGeneral && e.IsWrapper:
		x.c.Kind = schemas.Classified{Value: schemas.ContestGeneral, Basis: general}
	case ofType.Kind != "":
		x.c.Kind = schemas.Classified{Value: ofType.Kind, Basis: schemas.BasisLabel}
	case e.IsWrapper:
	case e.Chamber != "" || e.SeatsTotal != nil && e.SeatsSum() != nil:
		x.c.Kind = schemas.Classified{Value: schemas.ContestLegislative, Basis: schemas.BasisPhrase}
	case e.Template == schemas.LegislativeBox && len(e.Contenders) > 0:
		x.c.Kind = schemas.Classified{Value: schemas.ContestLegislative, Basis: schemas.BasisTemplate}
	}
}

// firstYears are the years before which the name of a country meant another one, or a part of another one.
var firstYears = map[string]int{
	"IRL": 1922, "CHN": 1949, "TWN": 1949, "KOR": 1948, "PRK": 1948, "VNM": 1976, "PAK": 1947, "POL": 1918, "HUN": 1918,
	"AUT": 1918, "YEM": 1990,
}

// ofToday returns places without those whose names meant other places at the time.
func (x *evidence) ofToday(found []places.Place) []places.Place {
	isEarlier := func(p places.Place) bool { return x.year > 0 && x.year < firstYears[p.Code] }
	if !slices.ContainsFunc(found, isEarlier) {
		return found
	}
	return slices.DeleteFunc(slices.Clone(found), isEarlier)
}

// placeCandidates are the places that the signs leave possible.
type placeCandidates struct {
	found []places.Place
	basis schemas.Basis
}

// codes returns the different codes of places.
func codes(found []places.Place) (all []string) {
	for _, p := range found {
		if !slices.Contains(all, p.Code) {
			all = append(all, p.Code)
		}
	}
	return all
}

// add takes the places that one more sign names. It matters if no sign before named a place, or several.
func (c *placeCandidates) add(found []places.Place, basis schemas.Basis) {
	switch {
	case len(found) == 0:
	case c.found == nil:
		c.found, c.basis = found, basis
	case len(codes(c.found)) > 1:
		common := slices.DeleteFunc(slices.Clone(c.found), func(p places.Place) bool {
			return !slices.Contains(codes(found), p.Code)
		})
		if len(common) > 0 {
			c.found, c.basis = common, basis
		}
	}
}

// readPlace finds the country: the flag's label, else the name, the label of an outer box, or the title.
func (x *evidence) readPlace() {
	var c placeCandidates
	c.add(x.label, schemas.BasisLabel)
	for _, t := range x.texts {
		if t.basis == schemas.BasisTitle && c.found == nil {
			c.add(x.ofToday(x.outerLabel()), schemas.BasisOuterBox)
		}
		c.add(t.Qualifier, t.basis)
		c.add(t.Tail, t.basis)
		c.add(t.Head, t.basis)
	}
	if len(x.texts) == 0 || x.texts[len(x.texts)-1].basis != schemas.BasisTitle {
		c.add(x.ofToday(x.outerLabel()), schemas.BasisOuterBox)
	}
	x.chooseByKind(&c)
	if len(codes(c.found)) != 1 {
		return
	}
	p := c.found[0]
	if p.Code == "" || x.contradicts(p) {
		return
	}
	x.place = p
	x.c.Country = schemas.Classified{Value: p.Code, Basis: c.basis}
	if isOther := func(o places.Place) bool { return o.Subdivision != p.Subdivision }; slices.ContainsFunc(c.found, isOther) {
		x.place = places.Place{Code: p.Code}
	}
}

// outerLabel returns the places that the flag of the nearest outer box with a label names.
func (x *evidence) outerLabel() []places.Place {
	for _, b := range x.outerBoxes() {
		for i := range b.Fields {
			f := &b.Fields[i]
			if f.Name == "country" && f.Position == 0 && !values.IsNameless(f.Text) {
				return places.OfLabel(f.Text, x.d.Lang)
			}
		}
	}
	return nil
}

// outerBoxes returns the boxes around the box, the nearest first.
func (x *evidence) outerBoxes() (outer []*schemas.Infobox) {
	for parent := x.box.Parent; parent > 0 && parent <= len(x.d.Boxes) && len(outer) < maxDepth; {
		b := &x.d.Boxes[parent-1]
		outer = append(outer, b)
		if b.Parent >= parent {
			break
		}
		parent = b.Parent
	}
	return outer
}

// chooseByKind takes the state of Georgia where the kind is one that only a state of the United States has.
func (x *evidence) chooseByKind(c *placeCandidates) {
	if len(codes(c.found)) < 2 {
		return
	}
	isOfState := slices.ContainsFunc(x.texts, func(t classifiedText) bool {
		return t.Has("gubernatorial", "congressional", "house of representatives", "senate", "attorney general",
			"secretary of state")
	})
	if !isOfState {
		return
	}
	for _, p := range c.found {
		if p.Code == "USA" {
			c.found, c.basis = []places.Place{p}, x.texts[len(x.texts)-1].basis
			return
		}
	}
}

// contradicts reports whether the title names another country than the one chosen. A territory is no other country.
func (x *evidence) contradicts(p places.Place) bool {
	for _, t := range x.texts {
		for _, named := range [][]places.Place{t.Head, t.Tail} {
			all := codes(named)
			if len(all) != 1 || all[0] == p.Code {
				continue
			}
			if named[0].Scope != places.Territory && p.Scope != places.Territory && all[0] != "" {
				x.conflict = &Conflict{Box: p.Code, Title: all[0]}
				return true
			}
		}
	}
	return false
}

// readSubdivision finds the part of the country: that of the place chosen, else the one that the name or title names.
func (x *evidence) readSubdivision() {
	if x.place.Code == "" {
		return
	}
	if x.place.Subdivision != "" {
		x.c.Subdivision = schemas.Classified{Value: x.place.Subdivision, Basis: x.c.Country.Basis}
		return
	}
	for _, t := range x.texts {
		for _, named := range [][]places.Place{t.Tail, t.Head, t.Qualifier} {
			of := slices.DeleteFunc(slices.Clone(named), func(p places.Place) bool { return p.Code != x.place.Code })
			isOne := len(of) == 1 || len(of) == 2 && of[0].Subdivision == of[1].Subdivision
			if isOne && of[0].Subdivision != "" {
				x.c.Subdivision = schemas.Classified{Value: of[0].Subdivision, Basis: t.basis}
				return
			}
		}
	}
}

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
	if t.IsOfDepartments() || kind == schemas.ContestLocal && t.IsOfParts() {
		return "", true
	}
	head := slices.DeleteFunc(slices.Clone(t.Head), func(p places.Place) bool {
		return x.place.Code != "" && p.Code != x.place.Code
	})
	if len(head) == 0 {
		if kind == schemas.ContestGubernatorial && x.place.Scope != places.Territory {
			return schemas.LevelSubnational, true
		}
		return "", false
	}
	isOfParts := t.IsOfParts()
	switch head[0].Scope {
	case places.City:
		if kind == schemas.ContestGubernatorial { // of a prefecture or a province with the name of its city
			return schemas.LevelSubnational, true
		}
		return schemas.LevelLocal, true
	case places.Territory:
		return "", true
	case places.Part:
		if kind == schemas.ContestPrimary {
			return levelUnless(!t.Has("presidential"), schemas.LevelNational), true
		}
		isUnknown := kind == schemas.ContestLeadership || kind == "" && !isOfParts && !t.IsGeneral
		return levelUnless(isUnknown, schemas.LevelSubnational), true
	}
	switch {
	case kind == schemas.ContestLeadership, kind == "" && !isOfParts && !t.IsGeneral, head[0].Code == "":
		return "", true
	case kind == schemas.ContestByElection && !t.Has("senate", "house of representatives", "congressional", "federal",
		"parliamentary"):
		return "", true
	case isOfParts:
		return levelUnless(x.place.Scope == places.Territory, schemas.LevelSubnational), true
	case x.isBeforeIndependence(head[0].Code):
		return "", true
	}
	return schemas.LevelNational, true
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
		if kind == schemas.ContestReferendum {
			return
		}
		x.c.Level = schemas.Classified{Value: schemas.LevelLocal, Basis: basis}
	case places.Country:
		isByWords := slices.ContainsFunc(x.texts, func(t classifiedText) bool {
			return t.IsOfParts() || t.HasOtherWords
		}) || kind != schemas.ContestPresidential && !x.isEnglish() && !x.isOfNation()
		isNational := slices.Contains([]string{
			schemas.ContestPresidential, schemas.ContestLegislative, schemas.ContestReferendum, schemas.ContestGeneral,
		}, kind)
		isPrimary := kind == schemas.ContestPrimary &&
			slices.ContainsFunc(x.texts, func(t classifiedText) bool { return t.Has("presidential") })
		isByElection := kind == schemas.ContestByElection && slices.Contains(oneParliament, x.place.Code)
		if (isNational && !isByWords || isPrimary || isByElection) && !x.isBeforeIndependence(x.place.Code) {
			x.c.Level = schemas.Classified{Value: schemas.LevelNational, Basis: basis}
		}
	}
}

// readChamber finds the type of the chamber: that of the one that the phrase on seats, the name or the title names,
// else that of the only one that such an election is for.
func (x *evidence) readChamber() {
	kind := x.c.Kind.Value
	switch kind {
	case schemas.ContestPresidential, schemas.ContestGubernatorial, schemas.ContestMayoral,
		schemas.ContestOtherExecutive:
		x.c.Chamber = schemas.Classified{Value: schemas.ChamberExecutive, Basis: x.c.Kind.Basis}
		return
	case schemas.ContestLegislative, schemas.ContestByElection, "":
	default:
		return
	}
	level := x.c.Level.Value
	if level == schemas.LevelLocal || level == schemas.LevelSupranational || x.e.IsWrapper {
		return
	}
	p := places.Place{Code: x.place.Code}
	if level == schemas.LevelSubnational || x.place.Scope == places.Part && level == "" {
		p.Subdivision, p.Scope = x.c.Subdivision.Value, places.Part
	} else if x.place.Scope == places.Territory {
		p.Scope = places.Territory
	}
	for _, named := range x.namesOfChamber() {
		of, isNamed := chambers.Named(named.text, p, x.year)
		if isNamed {
			if of != "" {
				x.c.Chamber = schemas.Classified{Value: of, Basis: named.basis}
			}
			return
		}
	}
	x.readWholeChamber(p)
}

// namesOfChamber returns the texts that can name a chamber, with their basis.
func (x *evidence) namesOfChamber() (names []classifiedText) {
	e := x.e
	for _, t := range x.texts {
		if t.basis == schemas.BasisLabel {
			names = append(names, t)
		}
	}
	if e.Chamber != "" {
		names = append(names, classifiedText{text: e.Chamber, basis: schemas.BasisPhrase})
	}
	for _, t := range x.texts {
		if t.basis == schemas.BasisTitle {
			names = append(names, t)
		}
	}
	return names
}

// isOfConstitution reports whether an assembly is elected that makes a constitution.
func (x *evidence) isOfConstitution() bool {
	return slices.ContainsFunc(x.texts, func(t classifiedText) bool { return t.IsOfConstitution() })
}

// readWholeChamber concludes from the country that there is one chamber, or that the election is for the lower one.
func (x *evidence) readWholeChamber(p places.Place) {
	e := x.e
	isOfSeveral := x.chambers > 1
	if x.c.Kind.Value != schemas.ContestLegislative || isOfSeveral || p.Code == "" {
		return
	}
	switch x.c.Level.Value {
	case schemas.LevelSubnational:
		if chambers.PartIsUnicameral(p, x.year) {
			x.c.Chamber = schemas.Classified{Value: schemas.ChamberUnicameral, Basis: x.c.Level.Basis}
		}
	case schemas.LevelNational:
		of := chambers.Whole(p.Code, x.year)
		i := slices.IndexFunc(x.texts, func(t classifiedText) bool { return t.IsDirectlyOfChamber() })
		switch {
		case of == "" || x.isOfConstitution():
		case of == schemas.ChamberUnicameral && e.Chamber != "":
			x.c.Chamber = schemas.Classified{Value: of, Basis: schemas.BasisPhrase}
		case i >= 0 && (of == schemas.ChamberUnicameral || e.Chamber == "" && e.Parent == 0):
			x.c.Chamber = schemas.Classified{Value: of, Basis: x.texts[i].basis}
		}
	}
}
