package load

import (
	"maps"
	"slices"

	"hemicycle/load/contradictions"
)

// acrossWikis finds the elections that several wikis of a run have, as the view across_wikis does. It holds some 150
// bytes for each election of a run of several wikis, and for a run of one wiki only the places.
type acrossWikis struct {
	elections []acrossElection
	items     map[string]string // by country, date and chamber; several if there is not one
	wikis     map[string]bool
}

// acrossElection is an election with what it is known by.
type acrossElection struct {
	event contradictions.Event
	place factsPlace
}

// severalItems stands for the items of several pages.
const severalItems = "several"

func newAcrossWikis() *acrossWikis {
	return &acrossWikis{items: map[string]string{}, wikis: map[string]bool{}}
}

// add adds an election.
func (a *acrossWikis) add(event *contradictions.Event, place factsPlace) {
	triple := event.Triple()
	if event.Wiki == "" || event.Item == "" && triple == "" {
		return
	}
	a.wikis[event.Wiki] = true
	a.elections = append(a.elections, acrossElection{*event, place})
	if triple == "" || event.Item == "" {
		return
	}
	if before, isKnown := a.items[triple]; isKnown && before != event.Item {
		a.items[triple] = severalItems
	} else {
		a.items[triple] = event.Item
	}
}

// factsKey is where the facts of an election begin.
type factsKey struct {
	file int32
	from int64
}

// pairs returns for each election that another wiki has, too, the place of the one with which it is compared: that of
// the first wiki in the order of their names. A wiki with several boxes for one election has none.
func (a *acrossWikis) pairs() map[factsKey]factsPlace {
	if len(a.wikis) < 2 {
		return nil
	}
	groups := map[string]map[string][]factsPlace{} // by key, then wiki
	for i := range a.elections {
		e := &a.elections[i]
		item := a.items[e.event.Triple()]
		if item == severalItems {
			item = ""
		}
		key := e.event.Key(item)
		if groups[key] == nil {
			groups[key] = map[string][]factsPlace{}
		}
		groups[key][e.event.Wiki] = append(groups[key][e.event.Wiki], e.place)
	}
	pairs := map[factsKey]factsPlace{}
	for _, ofWiki := range groups {
		var one []factsPlace
		for _, wiki := range slices.Sorted(maps.Keys(ofWiki)) {
			if places := ofWiki[wiki]; len(places) == 1 {
				one = append(one, places[0])
			}
		}
		for _, place := range one[min(1, len(one)):] {
			pairs[factsKey{place.file, place.from}] = one[0]
		}
	}
	return pairs
}
