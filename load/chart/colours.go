package chart

import (
	"math"
	"strconv"
	"sync"
)

// RGB is a colour of sRGB, each part from 0 to 255.
type RGB struct{ r, g, b uint8 }

// ParseColour reads #RRGGBB, and nothing else.
func ParseColour(s string) (RGB, bool) {
	if len(s) != 7 || s[0] != '#' {
		return RGB{}, false
	}
	n, err := strconv.ParseUint(s[1:], 16, 24)
	return RGB{uint8(n >> 16), uint8(n >> 8), uint8(n)}, err == nil
}

func (c RGB) String() string {
	const digits = "0123456789ABCDEF"
	b := []byte{'#'}
	for _, v := range []uint8{c.r, c.g, c.b} {
		b = append(b, digits[v>>4], digits[v&15])
	}
	return string(b)
}

// linear is the parts of a colour in proportion to light, as WCAG 2.2 defines them for sRGB.
func (c RGB) linear() [3]float64 {
	part := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return [3]float64{part(c.r), part(c.g), part(c.b)}
}

// Contrast is the contrast ratio of two colours by WCAG 2.2, from 1 to 21.
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

// The backgrounds that charts stand on, in the light and in the dark; the style sheet has the same.
var (
	Paper          = RGB{0xFF, 0xFF, 0xFF}
	darkBackground = RGB{0x16, 0x18, 0x1C}
)

// outlineContrast is the contrast with the background below which a dot gets an outline.
const outlineContrast = 2

// distinctColours is colours that people tell apart, whatever their sight, in the order in which they are given
// out: those of Okabe and Ito, 2008, but for black, then the muted ones of Tol, 2021.
var distinctColours = []RGB{
	{0x00, 0x72, 0xB2}, {0xE6, 0x9F, 0x00}, {0x00, 0x9E, 0x73}, {0xCC, 0x79, 0xA7}, {0x56, 0xB4, 0xE9}, {0xD5, 0x5E, 0x00}, {0xF0, 0xE4, 0x42},
	{0x33, 0x22, 0x88}, {0x99, 0x99, 0x33}, {0x88, 0x22, 0x55}, {0x44, 0xAA, 0x99}, {0xCC, 0x66, 0x77}, {0x11, 0x77, 0x33}, {0xAA, 0x44, 0x99}, {0xDD, 0xCC, 0x77},
}

// minColourDistance is the distance from every other colour at which one of distinct is taken. A colour of the box
// that is not beside it in the half-circle may be half as far.
const minColourDistance = 0.1

// AssignColours gives each group without a colour one that is far from all others in the chamber, in the
// eyes of most people, of those without red cones and of those without green ones. The same groups get
// the same colours.
func AssignColours(groups []Group) {
	given := make([]bool, len(groups)) // by the box
	for i := range groups {
		_, given[i] = ParseColour(groups[i].Colour)
	}
	for i := range groups {
		if given[i] || groups[i].Unlisted {
			continue
		}
		var used []usedColour
		for j := range groups {
			if c, ok := ParseColour(groups[j].Colour); ok {
				weight := 1.0
				if given[j] && j != i-1 && j != i+1 {
					weight = 2
				}
				used = append(used, usedColour{colourVision(c), weight})
			}
		}
		groups[i].Colour = furthestColour(used).String()
	}
}

// usedColour is a colour of another group, and how many times its distance counts.
type usedColour struct {
	as     [3]perceivedColour
	weight float64
}

// furthestColour is the first of distinct that is far enough from all colours in use, or else, of a grid of
// colours that stand out from light and from dark, the one furthest from all.
func furthestColour(used []usedColour) RGB {
	for _, c := range distinctColours {
		if nearestColourDistance(colourVision(c), used) >= minColourDistance {
			return c
		}
	}
	var best RGB
	distance := -1.0
	for _, c := range colourGrid() {
		if d := nearestColourDistance(c.as, used); d > distance {
			best, distance = c.RGB, d
		}
	}
	return best
}

// gridColour is a colour of the grid, and how it is seen.
type gridColour struct {
	RGB
	as [3]perceivedColour
}

// colourGrid is six steps of each part, without what is close to either background.
var colourGrid = sync.OnceValue(func() (all []gridColour) {
	for r := 0; r <= 255; r += 51 {
		for g := 0; g <= 255; g += 51 {
			for b := 0; b <= 255; b += 51 {
				c := RGB{uint8(r), uint8(g), uint8(b)}
				if Contrast(c, Paper) >= outlineContrast && Contrast(c, darkBackground) >= outlineContrast {
					all = append(all, gridColour{c, colourVision(c)})
				}
			}
		}
	}
	return all
})

// perceivedColour is a colour as an eye sees it, in OKLab (Ottosson, 2020), where distances are those one sees.
type perceivedColour [3]float64

// colourVisions are what turns light into what is seen by most people, without red cones and without green ones
// (Machado, Oliveira and Fernandes, 2009, severity 1).
var colourVisions = [3][9]float64{
	{1, 0, 0, 0, 1, 0, 0, 0, 1},
	{0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
	{0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
}

func colourVision(c RGB) (all [3]perceivedColour) {
	for i, m := range colourVisions {
		l := multiplyMatrix(m, c.linear())
		cones := multiplyMatrix([9]float64{0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619, 0.2817188376, 0.6299787005}, l)
		for j := range cones {
			cones[j] = math.Cbrt(max(0, cones[j]))
		}
		all[i] = multiplyMatrix([9]float64{0.2104542553, 0.7936177850, -0.0040720468, 1.9779984951, -2.4285922050, 0.4505937099, 0.0259040371, 0.7827717662, -0.8086757660}, cones)
	}
	return all
}

func multiplyMatrix(m [9]float64, v [3]float64) (out [3]float64) {
	for i := range out {
		out[i] = m[3*i]*v[0] + m[3*i+1]*v[1] + m[3*i+2]*v[2]
	}
	return out
}

// nearestColourDistance is the distance to the nearest colour in use, to the eye that tells the two apart worst.
func nearestColourDistance(c [3]perceivedColour, used []usedColour) float64 {
	least := math.Inf(1)
	for _, u := range used {
		for eye := range c {
			x, y, z := c[eye][0]-u.as[eye][0], c[eye][1]-u.as[eye][1], c[eye][2]-u.as[eye][2]
			least = min(least, u.weight*math.Sqrt(x*x+y*y+z*z))
		}
	}
	return least
}
