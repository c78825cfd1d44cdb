//go:build !unix

package hook

import "os/exec"

// ownProcessGroup does nothing: what the command started may go on after it.
func ownProcessGroup(*exec.Cmd) {}
