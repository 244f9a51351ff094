package reviewpages_test

import (
	"net/http"
	"testing"

	"concordat/review/access"
)

// What is pasted becomes Markdown below the title of its section, says what was lost, and may be refused.
func TestPasted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := h.SignedIn("Priya Anand", access.PolicyLead)
	path := h.begun(lead)
	desk := lead.Get(path)
	for _, x := range []struct{ name, html, want string }{
		{"headings", "<h2>Who</h2><p>All.</p><h3>How</h3>", `"markdown":"### Who\n\nAll.\n\n#### How"`},
		{"a list with typed numbers", "<p>Both:</p><p>(a) adults</p><p>(b) children</p>", `"markdown":"Both:\n\n1. adults\n2. children"`},
		{"a picture", "<ul><li>One</li></ul><img src=x>", `"lost":["a picture`},
		{"a script", "<p>One</p><script>alert(1)</script>", `"markdown":"One"`},
		{"nothing", "", `"advice":"`},
	} {
		t.Run(x.name, func(t *testing.T) {
			lead.Post(path+"/pasted", desk.Form("html", x.html)).Want(http.StatusOK, x.want)
		})
	}
	lead.Post("/desk/policies/no-such/pasted", desk.Form("html", "<p>One</p>")).Want(http.StatusNotFound)
}
