package kinds

import (
	"testing"

	"hemicycle/schemas/schemastest"
)

func TestKind(t *testing.T) {
	for title, want := range map[string]string{
		"2007 Elbonian general election":                                 "",
		"2007 Elbonian presidential election":                            "presidential",
		"2007 Elbonian parliamentary election":                           "legislative",
		"2007 Elbonian presidential and parliamentary elections":         "",
		"2007 Elbonia Senate election":                                   "legislative",
		"2007 Mudville mayoral election":                                 "mayoral",
		"2007 Mudville mayoral by-election":                              "mayoral",
		"2007 Mudville by-election":                                      "by-election",
		"2007 Mudville special election":                                 "by-election",
		"2007 Elbonia gubernatorial election":                            "gubernatorial",
		"2007 Elbonia gubernatorial recall election":                     "recall",
		"2007 Elbonia lieutenant gubernatorial election":                 "other_executive",
		"2007 Elbonia Secretary of State election":                       "other_executive",
		"2007 Mud Party leadership election":                             "leadership",
		"2007 Mud Party presidential primaries":                          "primary",
		"2007 Elbonian constitutional referendum":                        "referendum",
		"2007 Elbonian parliamentary election and referendum":            "",
		"2007 Elbonian local elections":                                  "local",
		"2007 Mudville City Council election":                            "local",
		"2007 Mudville Council election":                                 "local",
		"2007 Elbonian Legislative Council election":                     "legislative",
		"2007 Elbonian National Council election":                        "legislative",
		"2007 Elbonian Council of States election":                       "legislative",
		"2007 Elbonia Supreme Court election":                            "judicial",
		"2007 European Parliament election in Elbonia":                   "legislative",
		"2007 Speaker of the Elbonian House of Representatives election": None,
		"2007 Elbonian elections":                                        "",
		"Mudville":                                                       "",
		"":                                                               "",
	} {
		if got := Read(title, "en").Kind; got != want {
			t.Errorf("%s: %q, expected %q", title, got, want)
		}
	}
}

func TestPlacesOfTitles(t *testing.T) {
	for _, c := range []struct {
		title, head, tail string
		year              int
		otherWords        bool
	}{
		{"2007 Moroccan general election", "MAR", "", 2007, false},
		{"Moroccan general election, 2007", "MAR", "", 2007, false},
		{"November 2007 Moroccan general election", "MAR", "", 2007, false},
		{"Moroccan general election, March–April 1997", "MAR", "", 1997, false},
		{"1997–98 Moroccan general election", "MAR", "", 1997, false},
		{"Next Moroccan general election", "MAR", "", 0, false},
		{"2007 European Parliament election in the Netherlands", "", "NLD", 2007, false},
		{"2007 United States Senate election in Ohio", "USA", "USA", 2007, false},
		{"2007 Brazil, Indiana mayoral election", "USA", "", 2007, false},
		{"2007 Iowa City election", "", "", 2007, false},
		{"2007 Indian Wells mayoral election", "", "", 2007, true},
		{"2007 Chad by-election", "", "", 2007, false}, // a constituency may be called so
		{"2007 Dutch treaty on everything referendum", "NLD", "", 2007, true},
		{"2007 Elbonian general election", "", "", 2007, true},
		{"Results of the general election", "", "", 0, true},
		{"2007", "", "", 2007, false},
		{"Population 12007", "", "", 0, false},
	} {
		got := Read(c.title, "en")
		head, tail := "", ""
		if len(got.Head) > 0 {
			head = got.Head[0].Code
		}
		if len(got.Tail) > 0 {
			tail = got.Tail[0].Code
		}
		if head != c.head || tail != c.tail || got.Year != c.year || got.HasOtherWords != c.otherWords {
			t.Errorf("%s: %q, %q, %d, %t, expected %+v", c.title, head, tail, got.Year, got.HasOtherWords, c)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, title := range []string{
		"2007 Moroccan general election", "Swedish general election, March 1887", "election in", ",,,", "((((", "in in in",
		"Peru, Illinois mayoral election", "'s election", "elections elections in Chad (Chad)", "2007–", "mid-",
	} {
		f.Add(title, "en")
	}
	for _, text := range schemastest.HostileTexts {
		f.Add(text, "tr")
	}
	f.Fuzz(func(t *testing.T, title, lang string) {
		first := Read(title, lang)
		second := Read(title, lang)
		if first.Kind != second.Kind || len(first.Head) != len(second.Head) || first.Year != second.Year {
			t.Errorf("%q is read otherwise the second time", title)
		}
	})
}
