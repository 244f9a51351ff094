package e2e_test

import (
	"strings"
	"testing"

	"concordat/web/e2e"
)

// TestTwoEditors lets two people work on one policy at once: nothing that either typed is lost.
func TestTwoEditors(t *testing.T) {
	t.Parallel()
	const desk = "/desk/policies/cp-076"
	onBothEngines(t, func(t *testing.T, s *service) {
		priya, jonah := signedIn(t, s, lead), signedIn(t, s, otherLead)
		priya.Goto(desk)
		evidence, reasons := box(priya, "evidence"), box(priya, "reasons")

		// Different clauses join by themselves.
		jonah.Goto(desk)
		priya.FillIn("[name=s-evidence]", evidence+"\n\nPriya adds a study of 40 people over one year.")
		jonah.FillIn("[name=s-reasons]", reasons+"\n\nJonah adds a reason.")
		save(priya)
		save(jonah)
		jonah.Sees("Priya adds a study of 40 people over one year.", "Jonah adds a reason.")

		// The same clause shows both texts, and keeps what was typed.
		priya.Goto(desk)
		jonah.Goto(desk)
		priya.FillIn("[name=s-evidence]", strings.Replace(box(priya, "evidence"), "40 people", "50 people", 1))
		jonah.FillIn("[name=s-evidence]", strings.Replace(box(jonah, "evidence"), "one year", "two years", 1))
		jonah.FillIn("[name=s-condition]", box(jonah, "condition")+"\n\nTyped beside it.")
		save(priya)
		save(jonah)
		jonah.Sees("Two people changed the same text", "a study of 50 people over one year", "a study of 40 people over two years")
		e2e.Axe(t, jonah)
		jonah.Choose("Mine")
		jonah.Within("main form").Click("Save")
		jonah.Sees("a study of 40 people over two years", "Typed beside it.")
		jonah.SeesNot("50 people")
		jonah.Goto(desk + "/saves")
		jonah.Sees("by Priya Anand", "by Jonah Okoro")
	})
}

func box(p *e2e.Page, section string) string {
	var text string
	p.Eval(`document.querySelector('[name=s-`+section+`]').value`, &text)
	return text
}

func save(p *e2e.Page) { p.ClickOn(".app-save button[value=save]") }
