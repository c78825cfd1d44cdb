package schemas

// LinkedName is one of the names of a contender's parties or leaders, with the page that it leads to.
type LinkedName struct {
	Name      string
	Page      string // the title as its wiki writes it; "" if the name leads to no page
	PageBasis string // PageOfLink or PageOfName; "" without a page
}

// Where the page of a name is from.
const (
	PageOfLink = "link" // the box links the name, or gives the page beside it
	PageOfName = "name" // the template of the box makes a link of the bare name
)

// ContenderNames are the parties and the leaders of the contenders of one election. They are a record of their own,
// which is written when the input has ended, since the redirects that the keys follow are known only then.
type ContenderNames struct {
	ElectionID string
	Wiki       string          // of the election's page
	Parties    []ContenderName // by position, then ordinal
	Leaders    []ContenderName
}

// ContenderName is one of the parties or leaders of a contender.
type ContenderName struct {
	LinkedName
	Position int    // of the contender
	Ordinal  int    // among those of the contender, from 1
	PageKey  string // PageKey of the page, with redirects followed to their end; "" without a page
}

// PageKey returns what names a page among those of all wikis: its wiki and its title. It returns "" for no page. The
// title is as its wiki writes it, such as one of Document.CanonicalTitle.
func PageKey(wiki, title string) string {
	switch {
	case title == "":
		return ""
	case wiki == "":
		wiki = localWiki
	}
	return wiki + ":" + title
}

// Names returns the parties and the leaders of the contenders. Their keys follow no redirects.
func (e *Election) Names() *ContenderNames {
	n := &ContenderNames{ElectionID: e.ID, Wiki: e.Document.Wiki}
	named := func(position int, names []LinkedName, all []ContenderName) []ContenderName {
		for i, name := range names {
			key := PageKey(e.Document.Wiki, name.Page)
			all = append(all, ContenderName{LinkedName: name, Position: position, Ordinal: i + 1, PageKey: key})
		}
		return all
	}
	for i := range e.Contenders {
		c := &e.Contenders[i]
		n.Parties = named(c.Position, c.Parties, n.Parties)
		n.Leaders = named(c.Position, c.Leaders, n.Leaders)
	}
	return n
}
