//go:build unix

package hook

import (
	"os/exec"
	"syscall"
)

// ownProcessGroup makes a command that is ended take with it all that it started.
func ownProcessGroup(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
}
