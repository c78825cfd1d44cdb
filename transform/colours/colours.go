// Package colours reads the colours of parties.
//
// Start with Read.
package colours

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"

	"hemicycle/transform/values"
)

// opaqueExpr matches the end of a colour in a notation of CSS, which may state that it is opaque.
const opaqueExpr = `\s*(?:[,/]\s*(?:1(?:\.0*)?|100%)\s*)?\)$`

var (
	hexPattern = regexp.MustCompile(`^#?([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})$`)
	hslPattern = regexp.MustCompile(
		`(?i)^hsla?\(\s*([0-9]{1,3})(?:deg)?\s*[,\s]\s*([0-9]{1,3})%\s*[,\s]\s*([0-9]{1,3})%` + opaqueExpr)
	rgbPattern = regexp.MustCompile(
		`(?i)^rgba?\(\s*([0-9]{1,3})(%?)\s*[,\s]\s*([0-9]{1,3})(%?)\s*[,\s]\s*([0-9]{1,3})(%?)` + opaqueExpr)
)

// Read reads a colour as CSS writes it: #D0353B, D0353B, #abc, rgb(208, 53, 59), hsl(120, 100%, 25%), or a name.
// It returns #RRGGBB in upper case, and no colour for the words of CSS that name none.
func Read(text string) (colour, problem string) {
	if len(text) == len("#RRGGBB") && text[0] == '#' && strings.Trim(text[1:], "0123456789ABCDEF") == "" {
		return text, ""
	}
	switch strings.ToLower(text) {
	case "transparent", "inherit", "none":
		return "", ""
	}
	if values.IsAbsent(text) {
		return "", ""
	}
	if m := hexPattern.FindStringSubmatch(text); m != nil {
		h := strings.ToUpper(m[1])
		if len(h) == 3 {
			h = string([]byte{h[0], h[0], h[1], h[1], h[2], h[2]})
		}
		return "#" + h, ""
	}
	if m := rgbPattern.FindStringSubmatch(text); m != nil {
		if colour, ok := rgbHex(m[1:]); ok {
			return colour, ""
		}
	}
	if m := hslPattern.FindStringSubmatch(text); m != nil {
		h, s, l := values.DigitsValue(m[1]), values.DigitsValue(m[2]), values.DigitsValue(m[3])
		if h <= 360 && s <= 100 && l <= 100 {
			return hslHex(h, s, l), ""
		}
	}
	if c, ok := colornames.Map[strings.ToLower(text)]; ok {
		return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B), ""
	}
	return "", fmt.Sprintf("expected a colour as #RRGGBB, found %s", values.Quote(text))
}

// hslHex returns the colour of a hue in degrees, a saturation and a lightness in percent. It computes the formula of
// CSS Color Module Level 4, section 7.1, in whole numbers: a part is l − s·min(l, 100 − l)·ramp.
func hslHex(h, s, l int) string {
	colour := "#"
	for _, turn := range []int{0, 240, 120} { // red, green, blue
		k := (turn + h) % 360
		ramp := max(-30, min(k-90, 270-k, 30)) // thirtieths
		const whole = 100 * 100 * 30
		part := 255 * (l*100*30 - s*min(l, 100-l)*ramp)
		colour += fmt.Sprintf("%02X", (2*part+whole)/(2*whole))
	}
	return colour
}

// rgbHex returns the colour whose red, green and blue are given as numbers up to 255 or in percent, all three alike.
// Each is followed by its percent sign, or by "". A percentage is rounded as browsers round it.
func rgbHex(parts []string) (colour string, ok bool) {
	colour = "#"
	for i := 0; i < len(parts); i += 2 {
		n, err := strconv.Atoi(parts[i])
		most := 255
		if parts[i+1] == "%" {
			most = 100
		}
		if err != nil || n > most || parts[i+1] != parts[1] {
			return "", false
		}
		colour += fmt.Sprintf("%02X", (n*255*2+most)/(most*2))
	}
	return colour, true
}
