package chart

import (
	"math"
	"strconv"
	"sync"
)

// RGB is a colour of sRGB.
type RGB struct{ R, G, B uint8 }

// ParseColour reads a colour that is written as #RRGGBB. It accepts no other form.
func ParseColour(s string) (RGB, bool) {
	if len(s) != 7 || s[0] != '#' {
		return RGB{}, false
	}
	n, err := strconv.ParseUint(s[1:], 16, 24)
	return RGB{uint8(n >> 16), uint8(n >> 8), uint8(n)}, err == nil
}

// String returns the colour as #RRGGBB.
func (c RGB) String() string {
	const digits = "0123456789ABCDEF"
	b := []byte{'#'}
	for _, v := range []uint8{c.R, c.G, c.B} {
		b = append(b, digits[v>>4], digits[v&15])
	}
	return string(b)
}

// linear returns the parts of the colour in proportion to the light, as WCAG 2.2 defines them for sRGB.
func (c RGB) linear() [3]float64 {
	linearPart := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return [3]float64{linearPart(c.R), linearPart(c.G), linearPart(c.B)}
}

// Contrast returns the contrast ratio of two colours as WCAG 2.2 defines it, from 1 to 21.
func Contrast(a, b RGB) float64 {
	luminance := func(c RGB) float64 {
		l := c.linear()
		return 0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2]
	}
	lighter, darker := luminance(a), luminance(b)
	if lighter < darker {
		lighter, darker = darker, lighter
	}
	return (lighter + 0.05) / (darker + 0.05)
}

// The backgrounds of charts in light and in dark pages. The style sheet of the report has the same.
var (
	lightBackground = RGB{0xFF, 0xFF, 0xFF}
	darkBackground  = RGB{0x16, 0x18, 0x1C}
)

// outlineContrast is the contrast with the background below which a dot gets an outline.
const outlineContrast = 2

// distinctColours are colours that people with any kind of colour vision can tell apart, in the order in which they
// are given to groups: those of Okabe and Ito (2008) without black, then the muted ones of Tol (2021).
var distinctColours = []RGB{
	{0x00, 0x72, 0xB2}, {0xE6, 0x9F, 0x00}, {0x00, 0x9E, 0x73}, {0xCC, 0x79, 0xA7}, {0x56, 0xB4, 0xE9},
	{0xD5, 0x5E, 0x00}, {0xF0, 0xE4, 0x42},
	{0x33, 0x22, 0x88}, {0x99, 0x99, 0x33}, {0x88, 0x22, 0x55}, {0x44, 0xAA, 0x99}, {0xCC, 0x66, 0x77},
	{0x11, 0x77, 0x33}, {0xAA, 0x44, 0x99}, {0xDD, 0xCC, 0x77},
}

// minColourDistance is the least distance of one of distinctColours from every colour in use. A colour that the box
// gives to a group that is not a neighbour may be half as far away.
const minColourDistance = 0.1

// AssignColours gives each group without a colour one that is far from all others in the chamber, for most people,
// for people without red cones and for people without green cones. The same groups get the same colours.
func AssignColours(groups []Group) {
	stated := make([]bool, len(groups)) // the box gives the colour
	for i := range groups {
		_, stated[i] = ParseColour(groups[i].Colour)
	}
	for i := range groups {
		if stated[i] || groups[i].isNobody() {
			continue
		}
		var used []usedColour
		for j := range groups {
			if c, ok := ParseColour(groups[j].Colour); ok {
				weight := 1.0
				if isNeighbour := j == i-1 || j == i+1; stated[j] && !isNeighbour {
					weight = 2
				}
				used = append(used, usedColour{perceive(c), weight})
			}
		}
		groups[i].Colour = furthestColour(used).String()
	}
}

// usedColour is the colour of another group, and the factor by which its distance counts.
type usedColour struct {
	perceived [3]perceivedColour
	weight    float64
}

// furthestColour returns the first of distinctColours that is far enough from all colours in use. If there is none,
// it returns the colour of the grid that is furthest from all of them.
func furthestColour(used []usedColour) RGB {
	for _, c := range distinctColours {
		if colourDistance(perceive(c), used) >= minColourDistance {
			return c
		}
	}
	var best RGB
	furthest := -1.0
	for _, c := range colourGrid() {
		if d := colourDistance(c.perceived, used); d > furthest {
			best, furthest = c.RGB, d
		}
	}
	return best
}

// gridColour is a colour of the grid, and how it is perceived.
type gridColour struct {
	RGB
	perceived [3]perceivedColour
}

// colourGrid returns the colours of six steps in each part that stand out from both backgrounds.
var colourGrid = sync.OnceValue(func() (grid []gridColour) {
	for r := 0; r <= 255; r += 51 {
		for g := 0; g <= 255; g += 51 {
			for b := 0; b <= 255; b += 51 {
				c := RGB{uint8(r), uint8(g), uint8(b)}
				if Contrast(c, lightBackground) >= outlineContrast && Contrast(c, darkBackground) >= outlineContrast {
					grid = append(grid, gridColour{c, perceive(c)})
				}
			}
		}
	}
	return grid
})

// perceivedColour is a colour in OKLab (Ottosson, 2020), in which the distance of two colours is how different they
// look.
type perceivedColour [3]float64

// matrix has its rows one after the other.
type matrix [9]float64

// colourVisions are the matrices that turn light into what is seen by most people, by people without red cones and
// by people without green cones (Machado, Oliveira and Fernandes, 2009, severity 1).
var colourVisions = [3]matrix{
	{1, 0, 0, 0, 1, 0, 0, 0, 1},
	{0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
	{0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
}

// The matrices of OKLab: from linear sRGB to the response of the cones, and from its cube root to the colour.
var (
	lightToCones = matrix{
		0.4122214708, 0.5363325363, 0.0514459929,
		0.2119034982, 0.6806995451, 0.1073969566,
		0.0883024619, 0.2817188376, 0.6299787005,
	}
	conesToOKLab = matrix{
		0.2104542553, 0.7936177850, -0.0040720468,
		1.9779984951, -2.4285922050, 0.4505937099,
		0.0259040371, 0.7827717662, -0.8086757660,
	}
)

// perceive returns how a colour is perceived by each kind of colour vision.
func perceive(c RGB) (perceived [3]perceivedColour) {
	for i, vision := range colourVisions {
		cones := lightToCones.multiply(vision.multiply(c.linear()))
		for j := range cones {
			cones[j] = math.Cbrt(max(0, cones[j]))
		}
		perceived[i] = conesToOKLab.multiply(cones)
	}
	return perceived
}

// multiply returns the product of the matrix and a vector.
func (m *matrix) multiply(v [3]float64) (product [3]float64) {
	for i := range product {
		product[i] = m[3*i]*v[0] + m[3*i+1]*v[1] + m[3*i+2]*v[2]
	}
	return product
}

// colourDistance returns the distance of a colour from the nearest colour in use, for the kind of colour vision that
// distinguishes the two least.
func colourDistance(c [3]perceivedColour, used []usedColour) float64 {
	least := math.Inf(1)
	for _, u := range used {
		for vision := range c {
			a, b := c[vision], u.perceived[vision]
			x, y, z := a[0]-b[0], a[1]-b[1], a[2]-b[2]
			least = min(least, u.weight*math.Sqrt(x*x+y*y+z*z))
		}
	}
	return least
}
