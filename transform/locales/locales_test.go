package locales

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// canonicalCases has values of boxes by locale, kind and text, with their English form or the problem.
var canonicalCases = []struct {
	locale, parameter, text, want, problem string
}{
	{"tr", "popular_vote", "12.345.678", "12,345,678", ""}, {"tr", "popular_vote", "912.345", "912,345", ""},
	{"tr", "popular_vote", "12.345.678 oy", "12,345,678 votes", ""}, {"tr", "popular_vote", "912", "912", ""},
	{"tr", "popular_vote", "9.857,308", "9,857.308", ""}, {"tr", "popular_vote", "9,857.308", "", "no order"},
	{"tr", "popular_vote", "1.23.456", "", "no order"},
	{"tr", "popular_vote", "1.234.567 (%12,3)", "1,234,567 (12.3%)", ""},
	{"tr", "percentage", "%35,62", "35.62%", ""}, {"tr", "percentage", "%10.07", "10.07%", ""},
	{"tr", "percentage", "% 35,6", "35.6%", ""}, {"tr", "percentage", "35,6%", "35.6%", ""},
	{"tr", "percentage", "yüzde 35,6", "35.6%", ""}, {"tr", "percentage", "%49.500", "49.500%", ""},
	{"tr", "percentage", "12.345 (%45,2)", "12,345 (45.2%)", ""}, {"tr", "percentage", "%0,123", "0.123%", ""},
	{"tr", "swing", "▲ %5,0", "▲ 5.0%", ""}, {"tr", "swing", "▲ 5,0 puan", "▲ 5.0 pp", ""},
	{"tr", "swing", "Artış %5", "▲ 5%", ""},
	{"tr", "turnout", "%86,22 (▲ 0,99)", "86.22% (▲ 0.99)", ""}, {"tr", "turnout", "▲%89,2", "▲89.2%", ""},
	{"tr", "turnout", "%78,42 (▼ %6,18)", "78.42% (▼ 6.18%)", ""},
	{"tr", "last_election", "64 sandalye, %13,1", "64 seats, 13.1%", ""},
	{"tr", "last_election", "YENİ PARTİ", "New", ""}, {"tr", "last_election", "Katılmadı", "–", ""},
	{"tr", "seat_change", "Yeni parti", "New", ""}, {"tr", "seats", "136", "136", ""},
	{"tr", "election_date", "10 Ağustos 2014", "10 August 2014", ""},
	{"tr", "election_date", "Kasım 2015", "November 2015", ""},
	{"tr", "election_date", "3 EKİM 1965", "3 October 1965", ""},
	{"tr", "election_date", "1.9.2019", "1 September 2019", ""},
	{"tr", "election_date", "14 Mayıs ve 28 Mayıs 2023", "14 May ve 28 May 2023", ""},
	{"tr", "seats_for_election", "Kurultayın 487 sandalyesi için Çoğunluk için gereken 244 sandalye",
		"487 seats 244 seats needed for a majority", ""},
	{"tr", "seats_for_election", "450 milletvekilliği", "450 seats", ""},
	{"tr", "seats_for_election", "27. dönem için 600 milletvekili", "600 seats", ""},
	{"tr", "seats_for_election", "81 il belediye başkanı", "", "expected a number of seats"},
	{"tr", "seats_for_election", "30 il ve 1.363 ilçe", "", "two readings"},
	{"tr", "seats_for_election", "Senato sandalyeleri için", "", ""},
	{"tr", "ongoing", "Evet", "yes", ""}, {"tr", "ongoing", "HAYIR", "no", ""}, {"tr", "ongoing", "belki", "belki", ""},
	{"tr", "party", "Yeni Parti", "Yeni Parti", ""}, {"tr", "3blank", "Alınan oy", "Votes", ""},
	{"tr", "1blank", "1. tur", "First round", ""}, {"tr", "1blank", "Meclis", "Meclis", ""},
	{"es", "popular_vote", "8 160 837", "8,160,837", ""}, {"es", "percentage", "66.59 %", "66.59 %", ""},
	{"es", "popular_vote", "200 673 (0,81%)", "200,673 (0.81%)", ""}, {"es", "last_election", "Nuevo", "New", ""},
	{"es", "seats_for_election", "350 diputados", "350 seats", ""},
	{"es", "seats_for_election", "208 senadores de 266", "208 of the 266 seats", ""},
	{"es", "seats_for_election", "350 diputados 208 senadores", "", "two readings"},
	{"es", "election_date", "23 de julio de 2023", "23 de July de 2023", ""},
	{"fr", "seats", "120 sièges", "120 seats", ""}, {"fr", "popular_vote", "1 141 049 voix", "1,141,049 votes", ""},
	{"fr", "election_date", "23 avril et 7 mai 2017", "23 April et 7 May 2017", ""},
	{"fr", "turnout", "83,09 % (▲ 1)", "83.09 % (▲ 1)", ""},
	{"pt", "election_date", "outubro de 2019", "October de 2019", ""},
	{"pt", "seats_for_election", "Todos os 217 lugares na Assembleia", "217 seats", ""},
	{"it", "popular_vote", "9.857,308", "9,857.308", ""}, {"it", "swing", "- 5,29 %", "- 5.29 %", ""},
	{"sv", "turnout", "61,3 procent", "61.3 %", ""}, {"sv", "election_date", "11 september 2022", "11 September 2022", ""},
	{"no", "seats_for_election", "169 mandater på valg, 85 trengs for flertall",
		"169 seats 85 seats needed for a majority", ""},
	{"no", "seats_for_election", "169 mandater, 85 mandater for flertall",
		"169 seats 85 seats needed for a majority", ""},
	{"da", "election_date", "1. november 2022", "1 November 2022", ""},
	{"uk", "election_date", "25 травня 2014 року", "25 May 2014 року", ""},
	{"uk", "popular_vote", "9 857 308 голосів", "9,857,308 votes", ""},
	{"lt", "election_date", "2020 m. spalio 11 d.", "2020 m. October 11 d.", ""},
	{"de", "election_date", "12. Februar 2022", "12 February 2022", ""},
	{"nl", "election_date", "17 maart 2021", "17 March 2021", ""}, {"nl", "seats", "34 zetels", "34 seats", ""},
	{"el", "election_date", "7 Ιουλίου 2019", "7 July 2019", ""},
	{"sr", "election_date", "3. април 2022.", "3 April 2022.", ""},
	{"zh", "election_date", "2025年5月21日", "21 May 2025", ""}, {"zh", "popular_vote", "16票", "16 votes", ""},
	{"zh", "turnout", "74.13％（▲ 2.0％）", "74.13%(▲ 2.0%)", ""},
	{"zh", "election_date", "民國103年11月29日", "29 November 2014", ""},
	{"zh", "seats_for_election", "475席", "475 seats", ""}, {"zh", "ongoing", "是", "yes", ""},
	{"ja", "election_date", "令和6年10月27日", "27 October 2024", ""}, {"ja", "seats", "191議席", "191 seats", ""},
	{"ja", "election_date", "令和元年7月21日", "21 July 2019", ""},
	{"ko", "election_date", "2002년 12월 19일", "19 December 2002", ""}, {"ko", "swing", "▼ 9.9%p", "▼ 9.9 pp", ""},
	{"fa", "popular_vote", "۱۲٬۳۴۵٬۶۷۸", "12,345,678", ""}, {"fa", "turnout", "٪۷۴٫۱۳", "74.13%", ""},
	{
		"fa",
		"election_date",
		"۲۸ خرداد ۱۴۰۰",
		"18 June 2021",
		"",
	}, {"fa", "election_date", "خرداد ۱۴۰۰", "", "parts of two"},
	{"fa", "election_date", "۳۱ مهر ۱۴۰۰", "", "no such day"}, {"fa", "election_date", "14 ژوئن 2013", "14 June 2013", ""},
	{"ckb", "turnout", "58.9%", "58.9%", ""}, {"ckb", "popular_vote", "١٬٢٣٤", "1,234", ""},
}

func TestCanonical(t *testing.T) {
	for _, c := range canonicalCases {
		l := Named(c.locale)
		if l == nil {
			t.Fatalf("there is no locale %s", c.locale)
		}
		got, problem := l.canonical(kindOf(c.parameter), c.text)
		if problem == "" && got != c.want || (problem == "") != (c.problem == "") || !strings.Contains(problem, c.problem) {
			t.Errorf("%s: %s %q is %q with the problem %q, expected %q and %q", c.locale, c.parameter, c.text, got, problem,
				c.want, c.problem)
		}
	}
}

// TestKnown reads each locale, and holds that its months are twelve different ones.
func TestKnown(t *testing.T) {
	paths, _ := embeddedFiles.ReadDir(".")
	for _, path := range paths {
		content, err := embeddedFiles.ReadFile(path.Name())
		if err != nil {
			t.Fatal(err)
		}
		l, err := Parse(path.Name(), content)
		if err != nil {
			t.Error(err)
		} else if l.Name+".yaml" != path.Name() {
			t.Errorf("%s: the locale is named %s", path.Name(), l.Name)
		}
	}
}

func TestTranslateTurnout(t *testing.T) {
	box := &schemas.Infobox{Fields: []schemas.Field{
		{Name: "turnout", Text: "%66,59"}, {Name: "previous_turnout", Text: "%68.20"},
	}}
	fields, problems := Named("tr").Translate(box)
	if want := "66.59% (−1.61 pp)"; fields[0].Text != want || len(problems) > 0 || box.Fields[0].Text != "%66,59" {
		t.Errorf("the turnout is %q, expected %q; problems %v", fields[0].Text, want, problems)
	}
}

// TestSwingRow holds that a row of changes is one of shares only if its figures are shares.
func TestSwingRow(t *testing.T) {
	for text, want := range map[string]string{"▲ %9,24": "Swing", "▲ 5": "Change"} {
		box := &schemas.Infobox{Fields: []schemas.Field{
			{Name: "5blank", Text: "Değişim"}, {Name: "5data", Position: 1, Text: text},
		}}
		if fields, _ := Named("tr").Translate(box); fields[0].Text != want {
			t.Errorf("with the figure %s the label is %s, expected %s", text, fields[0].Text, want)
		}
	}
}

// TestGregorian compares days of the Persian calendar with those of the almanac of the University of Tehran, as the
// pages on Nowruz give them.
func TestGregorian(t *testing.T) {
	for _, c := range []struct {
		year, month, day int
		want             string
	}{
		{1400, 1, 1, "2021-03-21"}, {1403, 1, 1, "2024-03-20"}, {1399, 12, 30, "2021-03-20"}, {1357, 11, 22, "1979-02-11"},
		{1392, 3, 24, "2013-06-14"},
	} {
		y, m, d := gregorian(c.year, c.month, c.day)
		if got := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Format(time.DateOnly); got != c.want {
			t.Errorf("%d-%d-%d is %s, expected %s", c.year, c.month, c.day, got, c.want)
		}
	}
}

// TestCanonicalGrowth holds that the time for a hostile value grows with its length.
func TestCanonicalGrowth(t *testing.T) {
	l := Named("tr")
	for _, c := range []struct{ parameter, piece string }{
		{"popular_vote", "1."}, {"popular_vote", "1 "}, {"percentage", "% "}, {"turnout", "%1,"},
		{"seats_for_election", "çoğunluk için "}, {"seats_for_election", "1 sandalye "}, {"election_date", "1.1."},
		{"election_date", "ocak "},
	} {
		schemastest.HoldsGrowth(t, func(n int) func() {
			text := strings.Repeat(c.piece, min(n, maxText/len(c.piece)))
			return func() { l.canonical(kindOf(c.parameter), text) }
		})
	}
}

// FuzzCanonical holds that a value is valid text, that a figure keeps its digits in their order, and that what is in
// English form already stays the same when it is rewritten again.
func FuzzCanonical(f *testing.F) {
	for _, c := range canonicalCases {
		f.Add(c.locale, c.parameter, c.text)
	}
	f.Fuzz(func(t *testing.T, locale, parameter, text string) {
		l := Named(locale)
		if l == nil || !utf8.ValidString(text) {
			return
		}
		k := kindOf(parameter)
		got, problem := l.canonical(k, text)
		if !utf8.ValidString(got) {
			t.Fatalf("%q is %q, which is not UTF-8", text, got)
		}
		if k == figureKind && problem == "" && digitsOf(got) != digitsOf(toASCII(text)) && got != absentText {
			t.Errorf("%q has other digits than %q", got, text)
		}
	})
}

func digitsOf(text string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, text)
}
