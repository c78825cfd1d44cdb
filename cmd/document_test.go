package cmd

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"hemicycle/schemas/schemastest"
)

// The generated parts of the documents are what the program says of itself. UPDATE_GOLDEN=1 writes them anew.
func TestGeneratedDocuments(t *testing.T) {
	for document, parts := range map[string]map[string]string{
		"commands.md":    {"commands": commandsPart()},
		"exit-status.md": {"statuses": statusesPart()},
		"measures.md":    {"measures": measuresPart(t)},
		"library.md":     {"examples": examplesPart(t)},
	} {
		t.Run(document, func(t *testing.T) {
			schemastest.CheckGenerated(t, filepath.Join("..", "docs", document), parts)
		})
	}
}

// commandsPart returns a section for each command.
func commandsPart() string {
	var b strings.Builder
	for _, c := range allCommands() {
		fmt.Fprintf(&b, "## %s\n\n%s.\n\n```\n%s\n```\n\n%s\n\n", nameOf(c), c.Short, c.UseLine(),
			markdownOfHelp(c.Long))
		if c.Example != "" {
			fmt.Fprintf(&b, "Examples:\n\n```\n%s\n```\n\n", dedent(c.Example))
		}
		if flags := flagRows(c); len(flags) > 0 {
			b.WriteString(schemastest.MarkdownTable([]string{"flag", "default", "meaning"}, flags) + "\n")
		}
	}
	return b.String()
}

// allCommands returns the commands, each followed by its subcommands.
func allCommands() []*cobra.Command {
	var all []*cobra.Command
	for _, c := range newCommands() {
		newRoot().AddCommand(c) // so that its usage begins with the name of the program
		all = append(append(all, c), c.Commands()...)
	}
	return all
}

// nameOf returns the name of a command as it is called, without that of the program.
func nameOf(c *cobra.Command) string { return strings.TrimPrefix(c.CommandPath(), "hemicycle ") }

// flagRows returns a row for each flag of a command: how it is given, its default and its meaning.
func flagRows(c *cobra.Command) [][]string {
	var rows [][]string
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" {
			return
		}
		value, meaning := pflag.UnquoteUsage(f)
		given := "--" + f.Name
		if value != "" {
			given += " " + value
		}
		byDefault := "`" + f.DefValue + "`"
		if before, stated, found := strings.Cut(strings.TrimSuffix(meaning, ")"), " (default: "); found {
			meaning, byDefault = before, stated // in words, since the value itself does not say it
		} else if f.DefValue == "" || f.DefValue == "[]" || f.DefValue == "false" {
			byDefault = ""
		}
		rows = append(rows, []string{"`" + given + "`", byDefault, meaning})
	})
	return rows
}

// markdownOfHelp returns a long help as Markdown: what is indented there is set as it stands.
func markdownOfHelp(help string) string {
	var b strings.Builder
	for paragraph := range strings.SplitSeq(help, "\n\n") {
		head, list, isList := strings.Cut(paragraph, ":\n  ")
		switch {
		case isList:
			fmt.Fprintf(&b, "%s:\n\n```\n%s\n```\n\n", head, dedent("  "+list))
		case strings.HasPrefix(paragraph, "  "):
			fmt.Fprintf(&b, "```\n%s\n```\n\n", dedent(paragraph))
		default:
			b.WriteString(paragraph + "\n\n")
		}
	}
	return strings.TrimSpace(b.String())
}

// Every command says once what each of its exit statuses means, and what is listed is a command.
func TestStatusUses(t *testing.T) {
	want := map[string][]int{
		"run": {0, 1, 2, 3, 4, 5, 6, 7}, "check": {0, 1, 2, 3, 4}, "show": {0, 1, 2, 3}, "list": {0, 1, 2}, "lint": {0, 1, 2},
		"templates": {0, 1, 2}, "mirror": {0, 1, 2, 5}, "publish": {0, 1, 2, 5, 6, 7}, "diff": {0, 1, 2},
		"report": {0, 1, 2}, "chart": {0, 1, 2}, "schema": {0, 1, 2}, "version": {0, 1, 2},
		"job plan": {0, 1, 2, 5}, "job read": {0, 1, 2}, "job status": {0, 1, 2},
		"job publish": {0, 1, 2, 3, 4, 5, 6, 7}, "job clean": {0, 1, 2},
	}
	got := map[string][]int{}
	for _, u := range statusUses {
		for _, c := range u.commands {
			got[c] = append(got[c], u.status)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the statuses of the commands (-want +got):\n%s", diff)
	}
	for _, c := range allCommands() {
		if c.HasSubCommands() { // it does nothing itself
			continue
		}
		if want[nameOf(c)] == nil || !strings.Contains(c.Long, "\n\nExit status:\n  0  ") {
			t.Errorf("%s does not say its exit statuses", c.Name())
		}
	}
}

// dedent removes the two spaces that lines of help begin with.
func dedent(text string) string {
	return strings.ReplaceAll(strings.TrimPrefix(text, "  "), "\n  ", "\n")
}

// statusesPart returns a section for each exit status, with what it means for each command and what to do.
func statusesPart() string {
	var b strings.Builder
	for status, name := range statusNames {
		var rows [][]string
		for _, u := range statusUses {
			if u.status == status {
				rows = append(rows, []string{"`" + strings.Join(u.commands, "`, `") + "`", u.meaning, u.remedy})
			}
		}
		fmt.Fprintf(&b, "## %d: %s\n\n%s\n", status, name,
			schemastest.MarkdownTable([]string{"command", "meaning", "what to do"}, rows))
	}
	return b.String()
}

// measuresPart returns the tables of measures and of treatments, from what `hemicycle list` prints.
func measuresPart(t *testing.T) string {
	return "### Measures\n\n" + schemastest.MarkdownTable([]string{"table", "measure", "meaning"},
		listRows(t, "measures")) +
		"\n### Treatments\n\n" + schemastest.MarkdownTable([]string{"treatment", "meaning"}, listRows(t, "treatments"))
}

// listRows returns the rows of a list, with every ID as code.
func listRows(t *testing.T, name string) [][]string {
	for _, l := range listings {
		if l.name == name {
			rows := l.rows()
			for _, row := range rows {
				for i := range row[:len(row)-1] {
					row[i] = "`" + row[i] + "`"
				}
			}
			return rows
		}
	}
	t.Fatalf("there is no list of %s", name)
	return nil
}

// examplePackages are the packages whose examples docs/library.md shows, in its order.
var examplePackages = []string{"extract", "transform", "transform/votingpower", "load/chart"}

// examplesPart returns the Example functions of the packages, as their files have them.
func examplesPart(t *testing.T) string {
	var b strings.Builder
	for _, folder := range examplePackages {
		name := path.Join(folder, "example_test.go")
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, filepath.Join("..", filepath.FromSlash(name)), nil, parser.ParseComments)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "### Package %s\n\nThe whole file is [%s](../%s).\n\n", folder, name, name)
		examples := doc.Examples(file)
		slices.SortStableFunc(examples, func(a, b *doc.Example) int { return int(a.Code.Pos() - b.Code.Pos()) })
		for _, e := range examples {
			if text := strings.TrimSpace(e.Doc); text != "" {
				b.WriteString(text + "\n\n")
			}
			fmt.Fprintf(&b, "```go\n%s\n```\n\n", exampleCode(t, files, e))
		}
	}
	return b.String()
}

// exampleCode returns the statements of an example, and what they print.
func exampleCode(t *testing.T, files *token.FileSet, e *doc.Example) string {
	t.Helper()
	var out bytes.Buffer
	block, isBlock := e.Code.(*ast.BlockStmt)
	layout := printer.Config{Mode: printer.UseSpaces | printer.TabIndent, Tabwidth: 8}
	if err := layout.Fprint(&out, files, &printer.CommentedNode{Node: e.Code, Comments: e.Comments}); err != nil {
		t.Fatal(err)
	}
	code := strings.TrimSpace(out.String())
	if isBlock && block.Lbrace.IsValid() {
		code = strings.TrimSuffix(strings.TrimPrefix(code, "{"), "}")
		code = strings.TrimSpace(strings.ReplaceAll(code, "\n\t", "\n"))
	}
	return code
}
