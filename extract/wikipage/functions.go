package wikipage

import (
	"html"
	"strconv"
	"strings"

	"hemicycle/extract/wikitext"
)

// This file decides which branch of a parser function a page shows: {{#if:…|…|…}}. Source:
// https://www.mediawiki.org/wiki/Help:Extension:ParserFunctions.

// branchFunctions are the functions that show one of their arguments.
var branchFunctions = []string{"#if:", "#ifeq:", "#ifexpr:", "#ifexist:", "#iferror:", "#switch:"}

// branchFunction returns the name of the function if a template is one that shows one of its arguments, and the nodes
// of its condition without the name.
func branchFunction(tree *wikitext.Parser, s string, n *wikitext.Node) (name string, condition []wikitext.Node) {
	nodes := tree.Nodes(&tree.Parts(n)[0])
	for len(nodes) > 0 && nodes[0].Kind == wikitext.Comment {
		nodes = nodes[1:]
	}
	if len(nodes) == 0 || nodes[0].Kind != wikitext.Text {
		return "", nil
	}
	text := s[nodes[0].Start:nodes[0].End]
	trimmed := strings.TrimLeft(text, " \t\n")
	if !strings.HasPrefix(trimmed, "#") {
		return "", nil
	}
	for _, name := range branchFunctions {
		if len(trimmed) < len(name) || !strings.EqualFold(trimmed[:len(name)], name) {
			continue
		}
		first := nodes[0]
		first.Start += len(text) - len(trimmed) + len(name)
		return name, append([]wikitext.Node{first}, nodes[1:]...)
	}
	return "", nil
}

// shownBranch returns the argument that a function shows, nil if it shows none. ok is false if the template is no such
// function, or if its condition depends on what the page does not hold.
func shownBranch(tree *wikitext.Parser, s string, n *wikitext.Node) (branch *branchNodes, ok bool) {
	name, nodes := branchFunction(tree, s, n)
	if name == "" {
		return nil, false
	}
	condition, isKnown := staticText(tree, s, nodes)
	if !isKnown {
		return nil, false
	}
	parts := tree.Parts(n)
	at := func(k int) *branchNodes {
		if k >= len(parts) {
			return &branchNodes{}
		}
		return &branchNodes{part: &parts[k], number: k}
	}
	switch name {
	case "#if:":
		if condition != "" {
			return at(1), true
		}
		return at(2), true
	case "#ifeq:":
		if len(parts) < 2 {
			return at(2), true
		}
		other, isKnown := staticText(tree, s, tree.Nodes(&parts[1]))
		if isKnown && parts[1].Equals >= 0 || !isKnown {
			return nil, false
		}
		if isEqual(condition, other) {
			return at(2), true
		}
		return at(3), true
	case "#ifexpr:":
		if number, err := strconv.ParseFloat(condition, 64); err == nil && number != 0 {
			return at(1), true
		} else if err == nil || condition == "" {
			return at(2), true
		}
	case "#switch:":
		return switchBranch(tree, s, parts, condition)
	}
	return nil, false
}

// branchNodes is the argument that a function shows. The zero value is an argument that is not given.
type branchNodes struct {
	part   *wikitext.Part
	number int  // among the parts
	value  bool // only what is behind the sign = is shown
}

// switchBranch returns the argument that {{#switch:}} shows: the first whose key is the condition, or the default.
func switchBranch(tree *wikitext.Parser, s string, parts []wikitext.Part, condition string) (*branchNodes, bool) {
	matched := false
	fallback := &branchNodes{}
	for k := 1; k < len(parts); k++ {
		p := &parts[k]
		if p.Equals < 0 && k == len(parts)-1 { // the default, also behind a key that matched and has no value
			return &branchNodes{part: p, number: k}, true
		}
		nodes := tree.Key(p)
		if p.Equals < 0 {
			nodes = tree.Nodes(p)
		}
		key, isKnown := staticText(tree, s, nodes)
		switch {
		case !isKnown:
			return nil, false
		case p.Equals < 0:
			matched = matched || isEqual(key, condition)
		case matched || isEqual(key, condition):
			return &branchNodes{part: p, number: k, value: true}, true
		case strings.EqualFold(key, "#default"):
			fallback = &branchNodes{part: p, number: k, value: true}
		}
	}
	return fallback, true
}

// isEqual compares two texts as the functions do: as numbers if both are.
func isEqual(a, b string) bool {
	if a == b {
		return true
	}
	x, errA := strconv.ParseFloat(a, 64)
	y, errB := strconv.ParseFloat(b, 64)
	return errA == nil && errB == nil && x == y
}

// staticText returns the text of nodes, trimmed, if it depends on no template.
func staticText(tree *wikitext.Parser, s string, nodes []wikitext.Node) (text string, ok bool) {
	var b strings.Builder
	for i := range nodes {
		switch n := &nodes[i]; n.Kind {
		case wikitext.Comment:
		case wikitext.Entity:
			b.WriteString(html.UnescapeString(s[n.Start:n.End]))
		case wikitext.Template:
			return "", false
		case wikitext.Parameter: // on the page itself no parameter is given
			parts := tree.Parts(n)
			if len(parts) == 1 {
				b.WriteString(s[n.Start:n.End])
				continue
			}
			inner, ok := staticText(tree, s, tree.Nodes(&parts[1]))
			if !ok {
				return "", false
			}
			b.WriteString(inner)
		default:
			b.WriteString(s[n.Start:n.End])
		}
	}
	return strings.TrimSpace(b.String()), true
}

// writeBranch writes the argument that a function shows, without the white space around it.
func (r *renderer) writeBranch(branch *branchNodes) {
	p := branch.part
	if p == nil {
		return
	}
	if p.Equals >= 0 && !branch.value {
		r.write(strings.TrimSpace(r.renderArg(r.tree.Key(p)) + "=" + r.renderArg(r.tree.Value(p))))
		return
	}
	r.write(r.renderArg(r.tree.Value(p)))
}
