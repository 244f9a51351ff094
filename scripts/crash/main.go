// Command crash runs the crash drill of the embedded store: -rounds 200 kills a writer that often and looks for what was
// lost, -strace shows that acknowledgements wait for the disk. The drill itself stands beside the store, because Go
// lets only what is under server use the server's inner packages.
package main

import (
	"fmt"
	"os"
	"os/exec"
)

func main() {
	cmd := exec.Command("go", append([]string{"run", "concordat/server/internal/docstore/crash"}, os.Args[1:]...)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "crash drill:", err)
		os.Exit(1)
	}
}
