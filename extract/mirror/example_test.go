package mirror_test

import (
	"context"
	"fmt"
	"os"

	"hemicycle/extract/mediawiki"
	"hemicycle/extract/mediawiki/mediawikitest"
	"hemicycle/extract/mirror"
)

// A mirror is brought up to what a wiki has, and then read without a network. The wiki of this example is in memory.
func Example() {
	wiki := mediawikitest.NewWiki()
	wiki.Edit("2030 Arcadian general election", "{{Infobox election|election_name=Arcadia}}")
	client, err := mediawiki.New(mediawiki.Options{
		API: "https://wiki.example/w/api.php", Contact: "elections@example.org", Version: "1.0",
		Transport: mediawikitest.Transport{Handler: wiki}, Clock: new(mediawikitest.Clock),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	folder, err := os.MkdirTemp("", "mirror")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	for range 2 {
		report, err := mirror.Sync(context.Background(), mirror.Options{
			Folder: folder, Client: client, Selection: mediawiki.Selection{Using: []string{"Infobox election"}},
		})
		fmt.Println(report.Listed, "listed,", report.Fetched, "fetched,", report.Requests, "requests", err)
	}
	source, err := mirror.OpenSource(folder)
	if err != nil {
		fmt.Println(err)
		return
	}
	for event := range source.Events(context.Background()) {
		fmt.Println(event.Document.PageURL, event.Document.Text)
	}
	// Output:
	// 1 listed, 1 fetched, 4 requests <nil>
	// 1 listed, 0 fetched, 3 requests <nil>
	// https://wiki.example/wiki/2030_Arcadian_general_election {{Infobox election|election_name=Arcadia}}
}
