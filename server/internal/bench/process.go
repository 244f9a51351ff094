package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// resident is how much memory the process holds, in bytes.
func (p *program) resident() (int64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
			return kb << 10, err
		}
	}
	return 0, errors.New("the system does not tell how much memory a process holds")
}

// ticks is how many a second of processor time has, as Linux counts it for processes.
const ticks = 100

// processorSeconds is how long the process and those that it started have used processors. What else the machine
// does is not in it.
func (p *program) processorSeconds() (float64, error) {
	pid := p.cmd.Process.Pid
	children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	if err != nil {
		return 0, err
	}
	all := 0.0
	for _, id := range append(strings.Fields(string(children)), strconv.Itoa(pid)) {
		seconds, err := processorSecondsOf(id)
		if err != nil {
			return 0, err
		}
		all += seconds
	}
	return all, nil
}

func processorSecondsOf(pid string) (float64, error) {
	stat, err := os.ReadFile("/proc/" + pid + "/stat") //nolint:gosec // the number came from the system
	if err != nil {
		return 0, err
	}
	_, after, _ := strings.Cut(string(stat), ") ") // the name before it may hold anything
	fields := strings.Fields(after)
	if len(fields) < 13 {
		return 0, errors.New("the system does not tell how long a process used processors")
	}
	user, err := strconv.ParseFloat(fields[11], 64)
	if err != nil {
		return 0, err
	}
	system, err := strconv.ParseFloat(fields[12], 64)
	return (user + system) / ticks, err
}
