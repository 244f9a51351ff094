package e2e_test

import (
	"fmt"
	"os"
	"testing"

	"concordat/web/e2e"
)

func TestMain(m *testing.M) {
	status := e2e.Main(m)
	if err := stopAll(); err != nil {
		fmt.Fprintln(os.Stderr, "stopping what the tests started:", err)
		status = max(status, 1)
	}
	os.Exit(status)
}
