package transform

import (
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/image/colornames"
)

var hexColour = regexp.MustCompile(`^#?([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})$`)

// readColour reads a colour as CSS writes it: #D0353B, D0353B, #abc, or a name. It comes out as
// #RRGGBB in upper case. The words of CSS that name no colour give none.
func readColour(text string) (colour, problem string) {
	switch strings.ToLower(text) {
	case "transparent", "inherit", "none":
		return "", ""
	}
	if absent(text) {
		return "", ""
	}
	if m := hexColour.FindStringSubmatch(text); m != nil {
		h := strings.ToUpper(m[1])
		if len(h) == 3 {
			h = string([]byte{h[0], h[0], h[1], h[1], h[2], h[2]})
		}
		return "#" + h, ""
	}
	if c, ok := colornames.Map[strings.ToLower(text)]; ok {
		return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B), ""
	}
	return "", fmt.Sprintf("expected a colour as #RRGGBB, found %s", shown(text))
}
