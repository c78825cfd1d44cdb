package extract

import (
	"strings"

	"hemicycle/schemas"
)

// The redirects of an export. They go with the next document, or with one that is no page.

// maxRedirects is how many redirects may wait for a document to go with.
const maxRedirects = 1000

// take is the redirects to go with the next document.
func (d *dump) take() []schemas.Redirect {
	redirects := d.redirects
	d.redirects = nil
	return redirects
}

// carrier is no page: it only carries redirects.
func (d *dump) carrier() *schemas.Document {
	return &schemas.Document{URI: d.URI(), Wiki: d.site.Wiki, Carrier: true, Redirects: d.take()}
}

// templateNamespace is the number of the namespace of templates.
const templateNamespace = 10

// keepRedirect keeps a redirect between pages that are read, and one that gives an election box another name.
func (d *dump) keepRedirect(namespace int, selected bool) {
	s, p := d.scan, &d.scan.page
	from, to := text(s.of(p.title)), text(s.of(p.target))
	to, _, _ = strings.Cut(to, "#")
	if namespace == templateNamespace {
		name, box := d.templateName(from), d.templateName(to)
		if template, ok := d.names[box]; ok && name != "" {
			d.account.Names = append(d.account.Names, schemas.BoxName{Name: name, Template: template})
		}
	}
	if selected && to != "" {
		d.redirects = append(d.redirects, schemas.Redirect{Wiki: d.site.Wiki, From: from, To: to})
	}
}

// templateName is a title in the namespace of templates without that namespace.
func (d *dump) templateName(title string) string {
	prefix, name, found := strings.Cut(title, ":")
	if !found || prefix != d.site.Template && prefix != "Template" {
		return ""
	}
	return resolved(name)
}
