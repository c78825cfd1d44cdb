package contests

import (
	"slices"
	"strings"

	"hemicycle/schemas"
	"hemicycle/schemas/resulttables"
)

// boxRow is what a row of an Election box is, by the words of its template.
type boxRow string

// The rows of an Election box. Sources: the documentation of the templates, and the category of them.
const (
	boxCandidate  boxRow = "candidate"
	boxMajority   boxRow = "majority"
	boxTurnout    boxRow = "turnout"
	boxRejected   boxRow = "rejected"
	boxValid      boxRow = "valid"
	boxTotal      boxRow = "total"
	boxElectorate boxRow = "electorate"
	boxHold       boxRow = "hold"
	boxGain       boxRow = "gain"
	boxWin        boxRow = "win"
	boxSecondList boxRow = "second list" // of the same votes, counted between two
	boxUnknown    boxRow = ""
)

// boxRowWords says which word of a template's name makes which row. The first word that is there counts.
var boxRowWords = []struct {
	word string
	row  boxRow
}{
	{"2pp", boxSecondList}, {"2cp", boxSecondList}, {"tcp", boxSecondList}, {"tpp", boxSecondList},
	{"candidate", boxCandidate}, {"candidates", boxCandidate}, {"write-in", boxCandidate}, {"write-ins", boxCandidate},
	{"majority", boxMajority}, {"margin", boxMajority}, {"plurality", boxMajority}, {"turnout", boxTurnout},
	{"rejected", boxRejected}, {"informal", boxRejected}, {"invalid", boxRejected}, {"spoilt", boxRejected},
	{"formal", boxValid}, {"valid", boxValid}, {"total", boxTotal},
	{"registered", boxElectorate}, {"reg.", boxElectorate}, {"electors", boxElectorate}, {"electorate", boxElectorate},
	{"hold", boxHold}, {"gain", boxGain}, {"win", boxWin},
}

// boxRowOf returns what a row is.
func boxRowOf(template string) (row boxRow, isWinner bool) {
	words := strings.Fields(strings.ToLower(template))
	for _, w := range boxRowWords {
		if slices.Contains(words, w.word) {
			return w.row, w.row == boxCandidate &&
				(slices.Contains(words, "winning") || slices.Contains(words, "winner"))
		}
	}
	return boxUnknown, false
}

// readElectionBox reads the contest of an Election box.
func readElectionBox(d *schemas.Document, block *schemas.Block) *schemas.Contest {
	r := newReading(d, block, 0)
	hasWinner := false
	for i := range block.Calls {
		call := &block.Calls[i]
		r.noteDefects(call)
		if i == 0 {
			r.readBegin(call)
			continue
		}
		kind, isWinner := boxRowOf(call.Template)
		if kind == boxSecondList {
			break
		}
		hasWinner = hasWinner || isWinner
		r.readBoxRow(i, kind, isWinner)
	}
	if hasWinner {
		for i := range r.c.Rows {
			if row := &r.c.Rows[i]; row.Elected == nil {
				no := false
				row.Elected = &no
			}
		}
	}
	return r.c
}

// noteDefects leaves findings on what is wrong with the template itself.
func (r *reading) noteDefects(call *schemas.Infobox) {
	for _, x := range call.Defects {
		r.note(checkUnreadable, "contest", x.Line, x.Offset, "a template that is closed", call.Template, x.Message)
	}
}

// readBegin reads the template that begins a table: its title, and what the title says.
func (r *reading) readBegin(call *schemas.Infobox) {
	for i := range call.Fields {
		f := field{Field: &call.Fields[i], r: r, table: tableContests}
		switch key(f.Key) {
		case "title", "1":
			if text := f.name("title", "seats_to_fill", "date"); text != "" {
				r.c.Title = text
			}
		default:
			r.use(0, f.Field, "", 0)
		}
	}
	if r.c.Block.Family == resulttables.ElectionBox {
		r.c.SeatsToFill = seatsToFill(r.c.Title)
	}
	r.c.Date = titleDate(r.c.Title, r.c.Block.Section)
}

// key returns the name of a parameter as editors may vary it: in lower case, with single blanks.
func key(written string) string { return strings.Join(strings.Fields(strings.ToLower(written)), " ") }

// readBoxRow reads one row of an Election box.
func (r *reading) readBoxRow(i int, kind boxRow, isWinner bool) {
	call := &r.c.Block.Calls[i]
	switch kind {
	case boxCandidate:
		r.readBoxCandidate(i, isWinner)
	case boxMajority:
		r.readMargin(i)
	case boxTurnout:
		r.readBoxTurnout(i)
	case boxRejected:
		r.readBoxTotal(i, &r.c.Invalid, "invalid")
	case boxValid:
		r.readBoxTotal(i, &r.c.Valid, "valid")
	case boxTotal:
		r.readBoxTotal(i, &r.c.TotalVotes, "total_votes")
	case boxElectorate:
		r.readBoxTotal(i, &r.c.Electorate, "electorate")
	case boxHold, boxGain, boxWin:
		r.readOutcome(i, string(kind))
	default:
		r.note(checkUnknownRow, "contest", call.Line, call.Offset, "a template of an Election box that is known",
			call.Template, "the row "+call.Template+" is not known and was not read")
	}
}

// readBoxCandidate reads a row with a candidate, or with a list.
func (r *reading) readBoxCandidate(i int, isWinner bool) {
	call := &r.c.Block.Calls[i]
	row := schemas.ContestRow{Position: len(r.c.Rows) + 1, Line: call.Line, Offset: call.Offset}
	if isWinner {
		row.Elected = &isWinner
	}
	for k := range call.Fields {
		f := field{Field: &call.Fields[k], r: r, call: i, table: tableRows, row: row.Position}
		switch key(f.Key) {
		case "candidate", "candidates":
			row.Candidate, row.Incumbent = withoutIncumbent(f.name("candidate", "candidate_page", "incumbent"))
			row.CandidatePage = f.Page
		case "party":
			row.Party = f.name("party", "party_page")
			row.PartyPage = f.Page
			if row.PartyPage == "" && strings.Contains(call.Template, "with party link") {
				row.PartyPage = r.c.Document.CanonicalTitle(row.Party)
			}
		case "alliance", "side", "coalition":
			row.Alliance, row.AlliancePage = f.name("alliance", "alliance_page"), f.Page
		case "votes":
			row.Votes = f.votes("votes")
		case "percentage", "%":
			row.VotePct = f.share("vote_pct")
		case "change":
			if row.IsNew = f.isNew(); row.IsNew != nil {
				r.use(i, f.Field, tableRows, row.Position, "is_new")
			} else {
				row.ChangePP = f.swing("change_pp")
			}
		default:
			r.use(i, f.Field, "", 0)
		}
	}
	row.Kind = rowKind(&row)
	r.c.Rows = append(r.c.Rows, row)
}

// readMargin reads a row on the majority of a winner.
func (r *reading) readMargin(i int) {
	call := &r.c.Block.Calls[i]
	var margin schemas.ContestMargin
	for k := range call.Fields {
		f := field{Field: &call.Fields[k], r: r, call: i, table: tableContests}
		switch key(f.Key) {
		case "votes":
			margin.Votes = f.votes("majority_votes")
		case "percentage", "%":
			margin.Pct = f.share("majority_pct")
		default:
			r.use(i, f.Field, "", 0)
		}
	}
	r.c.Margins = append(r.c.Margins, margin)
}

// readBoxTurnout reads the row of turnout. Its votes are what the page counts there: valid votes, ballots or all votes.
func (r *reading) readBoxTurnout(i int) {
	call := &r.c.Block.Calls[i]
	for k := range call.Fields {
		f := field{Field: &call.Fields[k], r: r, call: i, table: tableContests}
		switch key(f.Key) {
		case "votes":
			f.set(&r.c.TurnoutVotes, "turnout_votes", f.votes("turnout_votes"))
		case "percentage", "%":
			if share := f.share("turnout_pct"); share != nil {
				r.c.TurnoutPct = share
			}
		case "change":
			if change := f.swing("turnout_change_pp"); change != nil {
				r.c.TurnoutChangePP = change
			}
		case "invalid", "rejected":
			f.set(&r.c.Invalid, "invalid", f.votes("invalid"))
		case "electorate", "registered", "registered electors":
			f.set(&r.c.Electorate, "electorate", f.votes("electorate"))
		default:
			r.use(i, f.Field, "", 0)
		}
	}
}

// readBoxTotal reads a row with one number about the whole contest.
func (r *reading) readBoxTotal(i int, into **int64, column string) {
	call := &r.c.Block.Calls[i]
	for k := range call.Fields {
		f := field{Field: &call.Fields[k], r: r, call: i, table: tableContests}
		if key(f.Key) == "votes" {
			f.set(into, column, f.votes(column))
		} else {
			r.use(i, f.Field, "", 0)
		}
	}
}

// readOutcome reads a row that says who holds or gains a seat.
func (r *reading) readOutcome(i int, kind string) {
	call := &r.c.Block.Calls[i]
	outcome := schemas.ContestOutcome{Kind: kind}
	for k := range call.Fields {
		f := field{Field: &call.Fields[k], r: r, call: i, table: tableContests}
		switch key(f.Key) {
		case "winner":
			outcome.Winner = f.name("outcomes")
		case "loser":
			outcome.Loser = f.name("outcomes")
		case "swing":
			outcome.SwingPP = f.swing("outcomes")
		default:
			r.use(i, f.Field, "", 0)
		}
	}
	r.c.Outcomes = append(r.c.Outcomes, outcome)
}
