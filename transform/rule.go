package transform

import (
	"math"
	"strings"

	"hemicycle/schemas"
)

// Rule fills values of an election from the fields of a box that have one of its names.
type Rule struct {
	ID      string
	Meaning string
	Names   []string // parameter names; where several give a value, the first of them counts
	Each    bool     // the parameter is numbered, one for each contender
	Every   bool     // each name has a value of its own; fill says its target
	Alike   bool     // the names mean one thing, so that two values of one box contradict each other
	Target  string   // the column that it fills, unless fill says another
	fill    func(r *reading, f *schemas.BoxField) bool
}

// The most that the columns for seats and votes hold.
const (
	maxSeats = math.MaxInt32
	maxVotes = math.MaxInt64
)

// apply reads every field that is the rule's. A field that fill makes nothing of keeps no target, and
// the next name has its turn.
func (rule *Rule) apply(r *reading) {
	var filled map[int]bool // by number; only a rule of several names has to know
	if len(rule.Names) > 1 {
		filled = map[int]bool{}
	}
	for _, name := range rule.Names {
		for _, f := range r.byName[name] {
			if (f.Position > 0) != rule.Each || f.Target != "" || filled[f.Position] && !rule.Every {
				continue
			}
			if rule.fill(r, f) {
				if f.Target == "" {
					f.Target = rule.Target
				}
				if filled != nil {
					filled[f.Position] = true
				}
			}
		}
	}
}

// reads reports whether a field of that name is the rule's.
func (rule *Rule) reads(f *schemas.BoxField) bool {
	if (f.Position > 0) != rule.Each {
		return false
	}
	for _, name := range rule.Names {
		if name == f.Name {
			return true
		}
	}
	return false
}

// trouble notes what could not be made of a field, for a check to report.
func (r *reading) trouble(check *Check, f *schemas.BoxField, expected, message string) {
	r.troubles = append(r.troubles, trouble{check.ID, f, expected, message})
}

// unreadable notes a problem of a reader; it reports whether there was one.
func (r *reading) unreadable(f *schemas.BoxField, problem string) bool {
	if problem == "" {
		return false
	}
	check := &unreadableValue
	if strings.HasPrefix(problem, twoReadings) {
		check = &ambiguousValue
	}
	r.trouble(check, f, "", problem)
	return true
}

// pageOf is the page that a field on a neighbour leads to: that of its link, or its text in Infobox
// election, where the field is a page's title.
func (r *reading) pageOf(f *schemas.BoxField) string {
	switch {
	case f.Page != "":
		return f.Page
	case r.e.Template == "Infobox election" && f.Path == "" && f.Name != "previous_year" && f.Name != "next_year" && !nameless(f.Text):
		return f.Text
	}
	return ""
}

// label takes a text as the page shows it; a lone dash says that there is none.
func label(to *string, f *schemas.BoxField) bool {
	if nameless(f.Text) {
		return f.Text != ""
	}
	*to = f.Text
	return true
}

// count reads a count into a column that holds up to max.
func (r *reading) count(to **int64, f *schemas.BoxField, max int64) bool {
	n, problem := readCount(f.Text, max)
	r.unreadable(f, problem)
	*to = n
	return f.Text != ""
}

// contender is the contender with that number, nil where nothing but its colour is known.
func (r *reading) contender(position int) *schemas.Contender {
	for i := range r.e.Contenders {
		if r.e.Contenders[i].Position == position {
			return &r.e.Contenders[i]
		}
	}
	return nil
}

// finish computes what rests on several fields.
func (r *reading) finish() {
	for i := range r.e.Contenders {
		c := &r.e.Contenders[i]
		if c.Kind == "" {
			c.Kind = "party"
		}
		if c.Kind == "party" {
			c.Name, c.Page = c.Party, c.PartyPage
		}
		c.IsIndependent = isIndependent(c.Name) || c.Kind == "candidate" && isIndependent(c.Party)
		if c.Seats != nil && c.PreviousSeats != nil {
			c.SeatChange = new(*c.Seats - *c.PreviousSeats)
		}
	}
}
