package review

import "testing"

// TestAppended: a new paragraph becomes no part of what stands before it.
func TestAppended(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ section, text, want string }{
		{CriteriaKey, "", "All of these:\n\n- new"},
		{ExcludedKey, "", "- new"},
		{CriteriaKey, "All of these:\n\n- a\n- b", "All of these:\n\n- a\n- b\n- new"},
		{CriteriaKey, "All of these:\n\n1. a\n2. b\n   - part of b", "All of these:\n\n1. a\n2. b\n   - part of b\n2. new"},
		{CriteriaKey, "- a\n- b", "- a\n- b\n- new"},
		{CriteriaKey, "The patient has all of:", "The patient has all of:\n\n- new"},
		{CriteriaKey, "The patient is an adult.", "The patient is an adult.\n\nnew"},
		{CriteriaKey, "The patient has had:\n\n- 7 episodes\n\nOr the patient has psoriasis that it makes worse.", "The patient has had:\n\n- 7 episodes\n\nOr the patient has psoriasis that it makes worse.\n\nnew"},
		{CriteriaKey, "The patient is an adult.\n\nOr the patient has one of:\n\n- quinsy\n- psoriasis", "The patient is an adult.\n\nOr the patient has one of:\n\n- quinsy\n- psoriasis\n\nnew"},
		{CriteriaKey, "| Age | Episodes |\n|---|---|\n| 3 | 7 |", "| Age | Episodes |\n|---|---|\n| 3 | 7 |\n\nnew"},
	} {
		if got := appended(tc.text, RowDraft{Section: tc.section, Text: "new"}); got != tc.want {
			t.Errorf("after %q: %q, want %q", tc.text, got, tc.want)
		}
	}
}
