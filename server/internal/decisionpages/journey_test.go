package decisionpages_test

import (
	"net/url"
	"strings"
	"testing"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/record"
)

// plan makes a meeting of all three places on 18 March with the policy on its agenda, through the pages.
func (h *house) plan() string {
	t := h.t
	t.Helper()
	form := url.Values{"title": {"Joint committee"}, "body": {"Committee of the places"}, "commissioners": h.places}
	date(form, "date", record.Day(2027, 3, 18))
	made := h.post("all", "/desk/meetings/new", form)
	if made.status != 303 {
		t.Fatalf("planning: %d %s", made.status, made.body)
	}
	at := made.location
	form = h.get("all", at+"/items").hidden()
	form.Set("items", h.policy.ID+"/1.0")
	if got := h.post("all", at+"/items", form); got.status != 303 {
		t.Fatalf("putting on the agenda: %d %s", got.status, got.body)
	}
	form = h.get("all", at+"/members").hidden()
	form.Set("m0-name", "Ada Lund")
	form.Set("m0-role", "chair")
	form.Set("m0-present", "yes")
	form.Set("m0-interest", "")
	if got := h.post("all", at+"/members", form); got.status != 303 {
		t.Fatalf("noting members: %d", got.status)
	}
	return at
}

func adopted(form url.Values) url.Values {
	form.Set("i0-outcome", "adopt")
	form.Set("i0-due", "Considered for all three places")
	form.Set("i0-minute", "JC/27/31")
	form.Set("i0-rule", "referred")
	date(form, "i0-effective", record.Day(2027, 4, 1))
	return form
}

func TestFromMeetingToRegister(t *testing.T) {
	h := newHouse(t)
	h.get("all", "/desk").has(t, "my work before", "Put Tonsillectomy on an agenda")
	at := h.plan()
	h.get("all", at).has(t, "meeting", "Tonsillectomy", "Record all that was decided", "Ada Lund, chair", "Aldermoss, Brindlewick and Carrowmead")
	h.get("first", "/desk").has(t, "my work on the day", "Record what was decided: Joint committee", "1 decision is missing", "Today")
	h.get("all", at+"/decide").has(t, "form", "What 3 commissioners decided", "Did any place decide otherwise?", "Nothing was decided")

	form := adopted(h.get("all", at+"/decide").hidden())
	form.Set("i0-c1-outcome", "vary")
	form.Set("i0-c1-reason", "A local pathway")
	h.replace(form, "i0-c1-", 0, "1.1", "Our own first paragraph.")
	form.Set("i0-c2-outcome", "decline")
	form.Set("i0-c2-reason", "Not persuaded")
	form.Set("step", "check")
	check := h.post("all", at+"/decide", form)
	check.has(t, "check", "Record 3 decisions", "Adopted with a variation", "A different text at paragraph 1.1", "Not persuaded", "For patients referred on or after 1 April 2027")

	change := check.hidden()
	change.Set("step", "change")
	h.post("all", at+"/decide", change).has(t, "changing", "Our own first paragraph.", `value="JC/27/31"`)

	record := check.hidden()
	record.Set("step", "record")
	if got := h.post("all", at+"/decide", record); got.status != 303 {
		t.Fatalf("recording: %d %s", got.status, got.body)
	}
	meeting := at
	h.get("all", at).has(t, "meeting afterwards", "Decided here for 3 of 3", "Not adopted")
	tab := h.get("all", "/desk/policies/"+h.policy.ID+"/decisions")
	tab.has(t, "tab", "Adopted by 2 of 3", "Version 1.0 from 1 April 2027", "Adopted with a variation", "Not adopted")
	at = "/desk/policies/" + h.policy.ID + "/decisions/1.0/" + h.places[1]
	h.get("all", at).has(t, "the record", "What Brindlewick decided on version 1.0", "A local pathway", "A different text at paragraph 1.1", "recorded by Name of all")
	right := h.get("all", at).hidden()
	right.Set("due", "Better words")
	right.Set("minute", "JC/27/32")
	right.Set("reason", "A local pathway")
	right.Set("o0-text", "Our own first paragraph, spelt right.")
	right.Set("o0-act", "replace")
	right.Set("o0-anchor", h.anchor("1.1"))
	h.post("all", at, right).has(t, "putting right without a reason", "Say why the record is put right", "spelt right")
	right.Set("why", "Spelling")
	if got := h.post("all", at, right); got.status != 303 {
		t.Fatalf("putting right: %d", got.status)
	}
	h.get("all", at).has(t, "the record put right", "Recorded before", "put right by Name of all on 18 March 2027", "Why it was put right", "Spelling", "recorded by Name of all", "JC/27/31", "JC/27/32")
	if got := h.post("first", at, right); got.status != 403 {
		t.Errorf("a secretary of another place puts it right: %d, want 403", got.status)
	}
	h.get("all", "/desk/programmes/"+h.programme.ID+"?place="+h.places[1]).has(t, "board", "app-s--a", "app-s--v app-chosen", "app-s--n", "1 policy, 3 commissioners", "For decision: 1")
	if again := h.post("all", meeting+"/decide", record); again.status != 409 {
		t.Errorf("recording twice: %d", again.status)
	}
	list, err := h.decisions.OfPolicy(t.Context(), h.people()["all"], h.policy.ID)
	if err != nil || len(list) != 3 || list[0].Revision != 1 {
		t.Errorf("decisions kept: %v, %v", list, err)
	}
}

// A variation stands on the policy's public page: one that could not be shown there is not recorded.
func TestOnlyAVariationThatCanBeShown(t *testing.T) {
	h := newHouse(t)
	at := h.plan()
	form := adopted(h.get("all", at+"/decide").hidden())
	form.Set("i0-outcome", "vary")
	form.Set("i0-reason", "A local pathway")
	h.replace(form, "i0-", 0, "1.1", strings.Repeat("> ", 17)+"too deep")
	form.Set("step", "record")
	got := h.post("all", at+"/decide", form)
	got.has(t, "recording", "nested too deeply", `href="#i0-overlay"`, "too deep")
	form.Set("i0-o0-text", "Our own first paragraph.")
	if got := h.post("all", at+"/decide", form); got.status != 303 {
		t.Fatalf("recording: %d %s", got.status, got.body)
	}
	at = "/desk/policies/" + h.policy.ID + "/decisions/1.0/" + h.places[1]
	right := h.get("all", at).hidden()
	for name, v := range map[string]string{"due": "As before", "minute": "1", "reason": "As before", "why": "Layout"} {
		right.Set(name, v)
	}
	h.replace(right, "", 0, "1.1", strings.Repeat("> ", 17)+"too deep")
	h.post("all", at, right).has(t, "putting right", "nested too deeply", `href="#overlay"`, "too deep")
}

func TestErrorsKeepWhatWasTyped(t *testing.T) {
	h := newHouse(t)
	at := h.plan()
	form := adopted(h.get("all", at+"/decide").hidden())
	form.Set("i0-minute", "")
	form.Set("i0-effective-day", "31")
	form.Set("i0-effective-month", "2")
	form.Set("i0-c1-outcome", "vary")
	h.replace(form, "i0-c1-", 0, "1.1", "<script>alert(1)</script>")
	form.Set("i0-c1-o0-anchor", "99.9")
	form.Set("step", "check")
	got := h.post("all", at+"/decide", form)
	if got.status != 422 {
		t.Errorf("status %d, want 422", got.status)
	}
	got.has(t, "errors", "There is a problem", "must be a real date", "Enter the reference of the minute", "Give the reasons (Brindlewick)", "This version has no such paragraph",
		"Considered for all three places", `value="31"`, "&lt;script&gt;", `href="#i0-c1-o0-anchor"`, `href="#i0-effective-i0-effective-day"`, `id="i0-effective-i0-effective-day"`,
		`href="#i0-minute"`, `href="#i0-c1-reason"`)

	if strings.Contains(got.body, "Enter the date from which it applies") || strings.Contains(got.body, "minute (Aldermoss") {
		t.Error("something is said that only follows from another error, or of some places that is true of all")
	}
	if strings.Index(got.body, "#i0-minute") > strings.Index(got.body, "#i0-c1-reason") || strings.Index(got.body, "#i0-effective") > strings.Index(got.body, "#i0-minute") {
		t.Error("the summary is not in the order of the page")
	}
	nothing := h.get("all", at+"/decide").hidden()
	nothing.Set("step", "check")
	h.post("all", at+"/decide", nothing).has(t, "nothing chosen", "Choose what was decided on Tonsillectomy")
}

// What stands in the way is told before anything is typed, and a form that is sent twice makes one meeting.
func TestTooEarlyTwiceAndCancelled(t *testing.T) {
	h := newHouse(t)
	form := url.Values{"title": {"Joint committee"}, "body": {"Committee of the places"}, "commissioners": h.places}
	date(form, "date", record.Day(2027, 3, 20))
	at := h.post("all", "/desk/meetings/new", form).location
	h.post("all", "/desk/meetings/new", form).has(t, "planned twice", "This meeting is planned already", `href="#title"`)
	items := h.get("all", at+"/items").hidden()
	items.Set("items", h.policy.ID+"/1.0")
	h.post("all", at+"/items", items)
	early := h.get("all", at+"/decide")
	early.has(t, "too early", "Decisions can be recorded from 20 March 2027", "Say first who was present")
	if strings.Contains(early.body, "i0-outcome") {
		t.Error("the form asks what it will refuse")
	}
	cancel := h.get("all", at+"/edit").hidden()
	h.post("all", at+"/cancel", cancel).has(t, "cancelled without a reason", "Enter the reason", `href="#reason"`, `value="Joint committee"`)
	cancel.Set("reason", "No quorum")
	if got := h.post("first", at+"/cancel", cancel); got.status != 403 {
		t.Errorf("cancelled by a secretary of one place: %d, want 403", got.status)
	}
	if got := h.post("all", at+"/cancel", cancel); got.status != 303 {
		t.Fatalf("cancelling: %d %s", got.status, got.body)
	}
	h.get("all", at).has(t, "cancelled", "This meeting did not sit")
	h.now = h.now.AddDate(0, 0, 5)
	h.get("all", "/desk/meetings").has(t, "list", "Cancelled")
	if work := h.get("all", "/desk"); strings.Contains(work.body, "Record what was decided") {
		t.Error("decisions of a cancelled meeting are asked for")
	}
}

// What everybody has decided is not offered to another meeting; where it is on the agenda already, that says why.
func TestDecidedElsewhere(t *testing.T) {
	h := newHouse(t)
	at := h.plan()
	form := url.Values{"title": {"Second sitting"}, "body": {"Committee of the places"}, "commissioners": h.places}
	date(form, "date", record.Day(2027, 3, 18))
	second := h.post("all", "/desk/meetings/new", form).location
	items := h.get("all", second+"/items")
	items.has(t, "before it is decided", "Tonsillectomy, CP-041")
	add := items.hidden()
	add.Set("items", h.policy.ID+"/1.0")
	answer := adopted(h.get("all", at+"/decide").hidden())
	answer.Set("step", "record")
	if got := h.post("all", at+"/decide", answer); got.status != 303 {
		t.Fatalf("recording: %d %s", got.status, got.body)
	}
	if got := h.get("all", second+"/items"); strings.Contains(got.body, "CP-041") {
		t.Error("what all have decided is offered again")
	}
	h.post("all", second+"/items", add)
	h.get("all", second).has(t, "on the agenda all the same", "Decided already", "by every commissioner of this meeting, at other meetings", "/desk/policies/"+h.policy.ID+"/decisions")
}

func TestOneSecretaryOfThree(t *testing.T) {
	h := newHouse(t)
	at := h.plan()
	h.get("first", at+"/decide").has(t, "form of one place", "What Aldermoss decided")
	mine, old := adopted(h.get("first", at+"/decide").hidden()), adopted(h.get("all", at+"/decide").hidden())
	mine.Set("step", "record")
	if got := h.post("first", at+"/decide", mine); got.status != 303 {
		t.Fatalf("recording for one: %d %s", got.status, got.body)
	}
	h.get("first", "/desk").has(t, "my work afterwards", "Nothing waits for you")
	h.get("all", "/desk").has(t, "the others' work", "2 decisions are missing")
	h.get("first", at+"/decide").has(t, "form afterwards", "Nothing is left to be recorded by you")
	old.Set("step", "record")
	got := h.post("all", at+"/decide", old)
	if got.status != 409 {
		t.Errorf("a form from before another secretary's decision: %d, want 409", got.status)
	}
	got.has(t, "overtaken form", "Somebody recorded a decision", "What Brindlewick and Carrowmead decided", "Considered for all three places")
	fresh := adopted(got.hidden())
	fresh.Set("step", "record")
	if got := h.post("all", at+"/decide", fresh); got.status != 303 {
		t.Errorf("the same form looked at again: %d, want it to record the other two", got.status)
	}
	for path, want := range map[string]int{at + "/edit": 403, at + "/items": 403, at: 200} {
		if got := h.get("first", path); got.status != want {
			t.Errorf("GET %s by a secretary of one place: %d, want %d", path, got.status, want)
		}
	}
	if got := h.get("approver", at+"/decide"); got.status != 403 {
		t.Errorf("an approver opens the form: %d, want 403", got.status)
	}
}

func TestDateOfAnEventAndSuspension(t *testing.T) {
	h := newHouse(t)
	at := h.plan()
	form := adopted(h.get("all", at+"/decide").hidden())
	form.Del("i0-effective-day")
	form.Del("i0-effective-month")
	form.Del("i0-effective-year")
	form.Set("i0-event", "The start of the new contract")
	form.Set("step", "record")
	if got := h.post("all", at+"/decide", form); got.status != 303 {
		t.Fatalf("recording: %d %s", got.status, got.body)
	}
	h.get("all", "/desk").has(t, "my work", "Give the date from which Tonsillectomy applies in Aldermoss")
	h.get("all", "/desk/policies/"+h.policy.ID+"/decisions").has(t, "tab", "Give the date for Aldermoss", "start of the new contract")
	reg := "/desk/policies/" + h.policy.ID + "/register/" + h.places[0]
	h.get("all", reg).has(t, "register", "Version 1.0 applies from the start of the new contract")

	give := h.get("all", reg).hidden()
	give.Set("w0-from-day", "x")
	h.post("all", reg+"/date", give).has(t, "a bad date", "must be a real date", `value="x"`)
	date(give, "w0-from", record.Day(2027, 3, 1))
	h.post("all", reg+"/date", give).has(t, "a day before it was decided", "It was decided on 18 March 2027. Enter that date or a later one")
	date(give, "w0-from", record.Day(2027, 3, 18))
	if got := h.post("all", reg+"/date", give); got.status != 303 {
		t.Fatalf("giving the date: %d %s", got.status, got.body)
	}
	h.get("all", reg).has(t, "register with a date", "Version 1.0 since 18 March 2027", "Suspend in an emergency")

	h.get("all", "/desk/policies/"+h.policy.ID+"/decisions/1.0/"+h.places[0]).has(t, "decision with its date", "For patients referred on or after 18 March 2027 (start of the new contract)")
	right := h.get("all", reg).hidden()
	date(right, "d0-from", record.Day(2027, 3, 17))
	right.Set("d0-reason", "It began earlier")
	h.post("all", reg+"/date", right).has(t, "corrected to a day before it was decided", "It was decided on 18 March 2027", `href="#d0-from-d0-from-day"`)
	date(right, "d0-from", record.Day(2027, 3, 20))
	right.Del("d0-reason")
	h.post("all", reg+"/date", right).has(t, "corrected without a reason", "Enter the reason", `href="#d0-reason"`)
	right.Set("d0-reason", "It began later")
	if got := h.post("all", reg+"/date", right); got.status != 303 {
		t.Fatalf("correcting the date: %d %s", got.status, got.body)
	}
	h.get("all", reg).has(t, "register with a date to come", "No text recorded", "Version 1.0 from 20 March 2027")
	h.now = h.now.AddDate(0, 0, 2)

	over := h.get("all", reg).hidden()
	date(over, "withdraw-from", record.Day(2000, 1, 1))
	over.Set("withdraw-reason", "Not used")
	h.post("all", reg+"/withdraw", over).has(t, "withdrawing from long ago", "Enter today or a later day", `href="#withdraw-from-withdraw-from-day"`)

	stop := h.get("all", reg).hidden()
	h.post("all", reg+"/suspend", stop).has(t, "suspending without a reason", "There is a problem")
	stop.Set("suspend-reason", "A device was recalled")
	if got := h.post("all", reg+"/suspend", stop); got.status != 303 {
		t.Fatalf("suspending: %d %s", got.status, got.body)
	}
	if body := h.get("all", reg).body; strings.Contains(body, "Approve the suspension") {
		t.Error("who suspended it is asked to approve it")
	}
	yes := h.get("approver", reg).hidden()
	h.get("approver", reg).has(t, "register of the approver", "Approve the suspension", "Suspended from 20 March 2027 by Name of all")
	yes.Set("approve-reason", "Agreed")
	if got := h.post("approver", reg+"/approve", yes); got.status != 303 {
		t.Fatalf("approving: %d %s", got.status, got.body)
	}
	h.get("all", reg).has(t, "approved", "Approved by Name of approver", "Lift the suspension")

	tab := "/desk/policies/" + h.policy.ID + "/decisions"
	lift := h.get("all", reg).hidden()
	date(lift, "lift-from", record.Day(2027, 3, 25))
	lift.Set("lift-reason", "Safe again")
	if got := h.post("all", reg+"/lift", lift); got.status != 303 {
		t.Fatalf("lifting: %d %s", got.status, got.body)
	}
	for _, path := range []string{reg, tab} {
		h.get("all", path).has(t, "lifted from a later day", "Suspended since 20 March 2027", "Version 1.0 from 25 March 2027")
	}
	h.now = h.now.AddDate(0, 0, 5)
	h.get("all", reg).has(t, "lifted", "Version 1.0 since 20 March 2027", "<span>Suspended</span>", "<span>25 March 2027</span>")
}

// What is no policy is not called one.
func TestPlaceWithoutPolicy(t *testing.T) {
	h := newHouse(t)
	_, err := h.reviews.AddLocal(t.Context(), h.people()["all"], review.LocalInput{Policy: h.policy.ID, Commissioner: h.places[1], Effective: record.Day(2020, 1, 1), Without: review.OpenAccess})
	must(t, err)
	tab := "/desk/policies/" + h.policy.ID
	for _, path := range []string{tab + "/decisions", tab + "/register/" + h.places[1]} {
		h.get("all", path).has(t, path, "No policy: open access since 1 January 2020")
	}
}

func TestPublish(t *testing.T) {
	h := newHouse(t)
	tab := "/desk/policies/" + h.policy.ID + "/decisions"
	form := h.get("all", tab).hidden()
	form.Set("version", "1.0")
	h.post("all", tab[:len(tab)-len("decisions")]+"publish", form).has(t, "publishing too early", "No commissioner has adopted this version yet")
	at := h.plan()
	answer := adopted(h.get("all", at+"/decide").hidden())
	answer.Set("step", "record")
	h.post("all", at+"/decide", answer)
	form = h.get("all", tab).hidden()
	form.Set("version", "1.0")
	if got := h.post("all", "/desk/policies/"+h.policy.ID+"/publish", form); got.status != 303 {
		t.Fatalf("publishing: %d %s", got.status, got.body)
	}
	h.get("all", tab).has(t, "published", "Version 1.0 in the public library", `href="/policies/tonsillectomy"`, "Take it out of the public library")

	form = h.get("all", tab).hidden()
	form.Set("version", "1.0")
	date(form, "from", record.Day(2027, 5, 1))
	publish, cancel := "/desk/policies/"+h.policy.ID+"/publish", "/desk/policies/"+h.policy.ID+"/unschedule"
	if got := h.post("all", publish, form); got.status != 303 {
		t.Fatalf("scheduling: %d %s", got.status, got.body)
	}
	h.get("all", tab).has(t, "scheduled", "Version 1.0 in the public library", "To come: Version 1.0 from 1 May 2027")
	back := h.get("all", tab).hidden()
	h.post("all", cancel, back).has(t, "taken back without a reason", "Enter the reason", `href="#cancel-reason"`)
	back.Set("cancel-reason", "Too early")
	if got := h.post("all", cancel, back); got.status != 303 {
		t.Fatalf("taking back: %d %s", got.status, got.body)
	}
	got := h.get("all", tab)
	got.has(t, "taken back", "Version 1.0 in the public library")
	if strings.Contains(got.body, "To come") {
		t.Error("what was taken back is still to come")
	}
	back = got.hidden()
	back.Set("cancel-reason", "Again")
	h.post("all", cancel, back).has(t, "nothing to take back", "Nothing is to be published later")
}

// What comes is in the order of its days, and a commissioner that ended stays where it is chosen.
func TestComingAndEnded(t *testing.T) {
	h := newHouse(t)
	plan := url.Values{"title": {"Late sitting"}, "body": {"Committee"}, "commissioners": h.places}
	date(plan, "date", record.Day(2027, 4, 20))
	meeting := h.post("all", "/desk/meetings/new", plan).location
	at := "/desk/programmes/" + h.programme.ID
	form := h.get("all", at+"/edit").hidden()
	form.Set("name", "Three places")
	form["commissioners"] = h.places
	form.Set("m0-name", "Early forum")
	for name, day := range map[string]record.Date{"start": record.Day(2026, 4, 1), "end": record.Day(2028, 3, 31), "m0-date": record.Day(2027, 4, 6)} {
		date(form, name, day)
	}
	if got := h.post("all", at+"/edit", form); got.status != 303 {
		t.Fatalf("changing the programme: %d %s", got.status, got.body)
	}
	work := h.get("all", "/desk")
	work.has(t, "my work", `<a href="`+meeting+`">20 April: Late sitting`, `<a href="`+at+`/timetable">6 April: Early forum`, `href="/desk/policies?lead=mine&amp;stage=decision"`)
	if strings.Index(work.body, "Early forum") > strings.Index(work.body, "Late sitting") {
		t.Error("what comes later stands first")
	}
	c, err := h.reviews.Commissioners.Load(t.Context(), h.places[2])
	must(t, err)
	_, err = h.reviews.EndCommissioner(t.Context(), record.Edit{By: h.people()["all"], ID: c.ID, Revision: c.Revision}, record.Day(2027, 3, 1), h.places[:1])
	must(t, err)
	for _, path := range []string{at + "/edit", meeting + "/edit"} {
		h.get("all", path).has(t, path, `value="`+h.places[2]+`"`, "Ended on 1 March 2027")
	}
	if got := h.get("all", "/desk/meetings/new"); strings.Contains(got.body, h.places[2]) {
		t.Error("a new meeting is offered a commissioner that ended")
	}
}

func TestListsAndForms(t *testing.T) {
	h := newHouse(t)
	at := h.plan()
	h.get("all", "/desk/meetings").has(t, "meetings", "Joint committee", "3 commissioners", "Plan a meeting")
	h.get("all", at+"/edit").has(t, "edit", `value="Joint committee"`, `value="2027"`)
	h.get("all", "/desk/programmes").has(t, "programmes", "Three places")
	h.get("all", "/desk/programmes/"+h.programme.ID+"/timetable").has(t, "timetable", "The programme ends")
	h.get("all", "/desk/programmes/"+h.programme.ID+"/edit").has(t, "programme form", `value="Three places"`)
	h.get("auditor", "/desk").has(t, "an auditor's work", "Nothing waits for you")
	form := h.get("all", "/desk/programmes/"+h.programme.ID+"/edit").hidden()
	form.Set("name", "")
	form["commissioners"] = h.places
	h.post("all", "/desk/programmes/"+h.programme.ID+"/edit", form).has(t, "programme without a name", "Enter the programme’s name", "Enter the date on which the programme starts")
	form = h.get("all", at+"/edit").hidden()
	h.post("all", at+"/edit", form).has(t, "meeting without anything", "Enter the date of the meeting", "Choose at least one commissioner")
	remove := h.get("all", at).hidden()
	if got := h.post("all", at+"/items/remove", remove); got.status != 303 {
		t.Errorf("taking off the agenda: %d", got.status)
	}
	h.get("all", at).has(t, "empty agenda", "No policy is on the agenda yet")
	if got := h.get("all", "/desk/meetings/none"); got.status != 404 {
		t.Errorf("an unknown meeting: %d", got.status)
	}
	if decision.MayRecord(h.people()["auditor"], h.places[0]) {
		t.Error("an auditor may record")
	}
}
