package dump

import (
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
		name, box := d.templateName(from), d.templateName(to)
		if template, ok := d.names[box]; ok && name != "" {
			d.account.Names = append(d.account.Names, schemas.BoxName{Name: name, Template: template})
		}
	}
	if isSelected && to != "" {
		d.redirects = append(d.redirects, schemas.Redirect{Wiki: d.site.Wiki, From: from, To: to})
	}
}

// templateName returns the name of a template without its namespace, or "" if the title is not that of a template.
func (d *Source) templateName(title string) string {
	prefix, name, found := strings.Cut(title, ":")
	if !found || prefix != d.site.Template && prefix != "Template" {
		return ""
	}
	return boxnames.Normalize(name)
}
