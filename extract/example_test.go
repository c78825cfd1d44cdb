package extract_test

import (
	"context"
	"fmt"
	"log"
	"testing/fstest"

	"hemicycle/extract"
	"hemicycle/schemas"
)

const page = `{{Infobox legislative election
| country = Morocco
| election_date = 7 September 2007
| party1 = [[Istiqlal Party]]
| seats1 = 52
| party2 = [[Justice and Development Party (Morocco)|Justice and Development Party]]
| seats2 = {{nowrap|46}}
}}
'''Parliamentary elections''' were held in Morocco on 7 September 2007.
`

// A page of wikitext is read to its boxes and their fields.
func ExampleRead() {
	options := extract.DocumentOptions{Title: "2007 Moroccan general election", Wiki: "enwiki"}
	d, err := extract.NewDocument("memory", []byte(page), options)
	if err != nil {
		log.Fatal(err)
	}
	if err := extract.Read(d); err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Identity(), d.Format)
	for _, box := range d.Boxes {
		fmt.Println(box.Template)
		for _, field := range box.Fields {
			fmt.Printf("%d: %s %d = %s\n", field.Line, field.Name, field.Position, field.Text)
		}
	}
	// Output:
	// enwiki:2007 Moroccan general election wikitext
	// Infobox legislative election
	// 2: country 0 = Morocco
	// 3: election_date 0 = 7 September 2007
	// 4: party 1 = Istiqlal Party
	// 5: seats 1 = 52
	// 6: party 2 = Justice and Development Party
	// 7: seats 2 = 46
}

// A Reader can be told further names of the templates, and the wiki of all pages.
func ExampleNewReader() {
	reader := extract.NewReader(extract.Options{
		Templates: map[string]string{"Info/Eleição": schemas.GeneralBox},
		Wiki:      "ptwiki",
	})
	content := []byte("{{Info/Eleição|país=Tunísia}}")
	d, err := extract.NewDocument("memory", content, extract.DocumentOptions{Title: "Eleição"})
	if err != nil {
		log.Fatal(err)
	}
	if err := reader.Read(d); err != nil {
		log.Fatal(err)
	}
	field := d.Boxes[0].Fields[0]
	fmt.Printf("%s: %s is %q, at byte %d\n", d.PageURL, field.Key, field.Raw, field.Offset)
	// Output: https://pt.wikipedia.org/wiki/Elei%C3%A7%C3%A3o: país is "Tunísia", at byte 23
}

// Open finds files and dumps. Each yields its documents one by one.
func ExampleOpen() {
	files := fstest.MapFS{"pages/morocco.wikitext": {Data: []byte(page)}}
	sources, err := extract.Open(files, []string{"pages/*"})
	if err != nil {
		log.Fatal(err)
	}
	reader := extract.NewReader(extract.Options{})
	for _, source := range sources {
		for event, err := range source.Events(context.Background()) {
			d := event.Document
			if d == nil { // the event brings only redirects
				continue
			}
			if err == nil {
				err = reader.Read(d)
			}
			if err != nil {
				fmt.Println(d.URI, err)
				continue
			}
			fmt.Println(d.URI, "has", len(d.Boxes), "box and", len(d.Prose), "paragraph")
		}
	}
	// Output: embedded:pages/morocco.wikitext has 1 box and 1 paragraph
}
