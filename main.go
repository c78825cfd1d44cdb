// Hemicycle reads what Wikipedia says about elections and hands it on as tables that can be trusted.
//
// The commands are in cmd, a file each; pipelines/run.go is the whole loop; docs/design.md says where what is.
package main

import (
	"os"

	"hemicycle/cmd"
)

func main() {
	os.Exit(cmd.Main(os.Args[1:]))
}
