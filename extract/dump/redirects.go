package dump

import (
	"cmp"
	"strings"

	"hemicycle/extract/boxnames"
	"hemicycle/schemas"
)

// The redirects of an export are yielded with the next document, or alone if they are many or if no document follows.

// maxRedirects is the number of redirects that wait for the next document.
const maxRedirects = 1000

// drainRedirects returns the redirects that are yielded with the next event.
func (d *Source) drainRedirects() []schemas.Redirect {
	redirects := d.redirects
	d.redirects = nil
	return redirects
}

// templateNamespace is the number of the namespace of templates.
const templateNamespace = 10

// keepRedirect keeps a redirect between pages that are read, and one that gives an election box another name.
func (d *Source) keepRedirect(namespace int, isSelected bool) {
	s, p := d.scan, &d.scan.page
	from, to := unescapeXML(s.bytes(p.title)), unescapeXML(s.bytes(p.target))
	to, _, _ = strings.Cut(to, "#")
	if namespace == templateNamespace {
		d.keepBoxName(d.templateName(from), d.templateName(to))
	}
	wiki := cmp.Or(d.site.Wiki, d.selection.Wiki)
	if isSelected && to != "" {
		d.redirects = append(d.redirects, schemas.Redirect{Wiki: wiki, From: from, To: to})
	}
}

// keepBoxName keeps the name of a template that a redirect makes that of an election box: one that leads to a known
// box, or one to which the known name of a box leads, as in a wiki that has the box under a name in its own language.
func (d *Source) keepBoxName(from, to string) {
	if from == "" || to == "" {
		return
	}
	d.learnNames()
	if template, ok := d.names[to]; ok {
		d.account.Names = append(d.account.Names, schemas.BoxName{Name: from, Template: template})
	} else if template, ok := d.names[from]; ok {
		d.account.Names = append(d.account.Names, schemas.BoxName{Name: to, Template: template})
	}
}

// learnNames sets the names of the boxes to those of the wiki, which the head of the export names.
func (d *Source) learnNames() {
	wiki := cmp.Or(d.site.Wiki, d.selection.Wiki)
	if d.names != nil && d.namesOf == wiki {
		return
	}
	d.names, d.namesOf = d.selection.BoxNames(wiki), wiki
	d.search = boxnames.NewSearch(d.names)
}

// templateName returns the name of a template without its namespace, or "" if the title is not that of a template.
func (d *Source) templateName(title string) string {
	prefix, name, found := strings.Cut(title, ":")
	if !found || prefix != d.site.Template && prefix != "Template" {
		return ""
	}
	return boxnames.Normalize(name)
}
