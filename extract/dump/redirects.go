package dump

import (
	"strings"

	"hemicycle/extract/boxnames"
	"hemicycle/schemas"
)

// The redirects of an export. They go with the next document, or with one that is no page.

// maxRedirects is how many redirects may wait for a document to go with.
const maxRedirects = 1000

// takeRedirects is the redirects to go with the next document.
func (d *Source) takeRedirects() []schemas.Redirect {
	redirects := d.redirects
	d.redirects = nil
	return redirects
}

// redirectCarrier is no page: it only carries redirects.
func (d *Source) redirectCarrier() *schemas.Document {
	return &schemas.Document{URI: d.URI(), Wiki: d.site.Wiki, Carrier: true, Redirects: d.takeRedirects()}
}

// templateNamespace is the number of the namespace of templates.
const templateNamespace = 10

// keepRedirect keeps a redirect between pages that are read, and one that gives an election box another name.
func (d *Source) keepRedirect(namespace int, selected bool) {
	s, p := d.scan, &d.scan.page
	from, to := unescapeXML(s.bytes(p.title)), unescapeXML(s.bytes(p.target))
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
func (d *Source) templateName(title string) string {
	prefix, name, found := strings.Cut(title, ":")
	if !found || prefix != d.site.Template && prefix != "Template" {
		return ""
	}
	return boxnames.Normalize(name)
}
