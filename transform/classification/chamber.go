package classification

import (
	"slices"

	"hemicycle/schemas"
	"hemicycle/schemas/contest"
	"hemicycle/transform/chambers"
	"hemicycle/transform/places"
)

// readChamber finds the type of the chamber: that of the one that the phrase on seats, the name or the title names,
// else that of the only one that such an election is for.
func (x *evidence) readChamber() {
	kind := x.c.Kind.Value
	switch kind {
	case contest.Presidential, contest.Gubernatorial, contest.Mayoral,
		contest.OtherExecutive:
		x.c.Chamber = schemas.Classified{Value: contest.ChamberExecutive, Basis: x.c.Kind.Basis}
		return
	case contest.Legislative, contest.ByElection, "":
	default:
		return
	}
	level := x.c.Level.Value
	if level == contest.LevelLocal || level == contest.LevelSupranational || x.e.IsWrapper {
		return
	}
	p := places.Place{Code: x.place.Code}
	if level == contest.LevelSubnational || x.place.Scope == places.Part && level == "" {
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
	if x.c.Kind.Value != contest.Legislative || isOfSeveral || p.Code == "" {
		return
	}
	switch x.c.Level.Value {
	case contest.LevelSubnational:
		if chambers.PartIsUnicameral(p, x.year) {
			x.c.Chamber = schemas.Classified{Value: contest.ChamberUnicameral, Basis: x.c.Level.Basis}
		}
	case contest.LevelNational:
		of := chambers.Whole(p.Code, x.year)
		i := slices.IndexFunc(x.texts, func(t classifiedText) bool { return t.IsDirectlyOfChamber() })
		switch {
		case of == "" || x.isOfConstitution():
		case of == contest.ChamberUnicameral && e.Chamber != "":
			x.c.Chamber = schemas.Classified{Value: of, Basis: schemas.BasisPhrase}
		case i >= 0 && (of == contest.ChamberUnicameral || e.Chamber == "" && e.Parent == 0):
			x.c.Chamber = schemas.Classified{Value: of, Basis: x.texts[i].basis}
		}
	}
}
