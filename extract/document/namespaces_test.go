package document_test

import (
	"testing"

	"hemicycle/extract/document"
)

// A link to a file shows a picture and one to a category nothing, whatever the language of the wiki.
func TestNamespaces(t *testing.T) {
	for title, want := range map[string]string{
		"File:A_b.svg": "A b.svg", "image : A.svg": "A.svg", "Datei:A.svg": "A.svg", "Bild:A.svg": "A.svg",
		"Dosya:A.svg": "A.svg", "檔案:A.svg": "A.svg", "文件:A.svg": "A.svg", "Fichier:A.svg": "A.svg",
		"Tập tin:A.svg": "A.svg", "tập_tin:A.svg": "A.svg", "ФАЙЛ:A.svg": "A.svg", "پرونده:A.svg": "A.svg",
	} {
		if got, ok := document.FileName(title); !ok || got != want {
			t.Errorf("%s: the file %q, %v; expected %q", title, got, ok, want)
		}
	}
	for _, title := range []string{"A", "Category:A", "2001: A Party", ":", "", "Fil", "Filé:A"} {
		if _, ok := document.FileName(title); ok {
			t.Errorf("%q is a file", title)
		}
	}
	for title, want := range map[string]bool{
		"Category:A": true, "Kategorie:A": true, "分類:A": true, "Thể_loại:A": true, "Категория:A": true, "Datei:A": false,
		"Kategorie": false,
	} {
		if got := document.IsCategory(title); got != want {
			t.Errorf("%q is a category: %v", title, got)
		}
	}
}

// A link leads to an article unless the name before its first colon is that of another namespace or another wiki.
func TestArticleOf(t *testing.T) {
	for target, want := range map[string]string{
		"Blue Party": "Blue Party", ":Blue Party": "Blue Party", "2001: A Party": "2001: A Party",
		"Forward: Together": "Forward: Together", "Help:IPA": "", "WP:A": "", "user_talk: A": "", "Modèle:A": "",
		":fr:Parti": "", "simple:A": "", "roa-tara:A": "", ":Category:A": "", "File:A.svg": "", "#A": "", "": "",
	} {
		if got := document.ArticleOf(target); got != want {
			t.Errorf("%q leads to %q, expected %q", target, got, want)
		}
	}
}
