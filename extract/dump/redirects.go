package dump

import (
	"strings"

	"hemicycle/extract/boxnames"
	"hemicycle/schemas"
)

// The redirects of an export. They go with the next document, or alone where they are many or no document follows.

// maxRedirects is how many redirects wait for a document to go with.
const maxRedirects = 1000

// drainRedirects returns the redirects that go with the next event.
func (d *Source) drainRedirects() []schemas.Redirect {
	redirects := d.redirects
	d.redirects = nil
	return redirects
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
