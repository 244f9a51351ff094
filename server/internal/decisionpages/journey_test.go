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
	t := h.T
	t.Helper()
	form := url.Values{"title": {"Joint committee"}, "body": {"Committee of the places"}, "commissioners": h.places}
	date(form, "date", record.Day(2027, 3, 18))
	made := h.post("all", "/desk/meetings/new", form)
	if made.Status != 303 {
		t.Fatalf("planning: %d %s", made.Status, made.Body)
	}
	at := made.Header.Get("Location")
	form = h.get("all", at+"/items").Hidden()
	form.Set("items", h.policy.ID+"/1.0")
	if got := h.post("all", at+"/items", form); got.Status != 303 {
		t.Fatalf("putting on the agenda: %d %s", got.Status, got.Body)
	}
	form = h.get("all", at+"/members").Hidden()
	form.Set("m0-name", "Ada Lund")
	form.Set("m0-role", "chair")
	form.Set("m0-present", "yes")
	form.Set("m0-interest", "")
	if got := h.post("all", at+"/members", form); got.Status != 303 {
		t.Fatalf("noting members: %d", got.Status)
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
	t.Parallel()
	h := newHouse(t)
	h.get("all", "/desk").Has("Put Tonsillectomy on an agenda")
	at := h.plan()
	h.get("all", at).Has("Tonsillectomy", "Record all that was decided", "Ada Lund, chair", "Aldermoss, Brindlewick and Carrowmead")
	h.get("first", "/desk").Has("Record what was decided: Joint committee", "1 decision is missing", "Today")
	h.get("all", at+"/decide").Has("What 3 commissioners decided", "Did any place decide otherwise?", "Nothing was decided")

	form := adopted(h.get("all", at+"/decide").Hidden())
	form.Set("i0-c1-outcome", "vary")
	form.Set("i0-c1-reason", "A local pathway")
	h.replace(form, "i0-c1-", 0, "1.1", "Our own first paragraph.")
	form.Set("i0-c2-outcome", "decline")
	form.Set("i0-c2-reason", "Not persuaded")
	form.Set("step", "check")
	check := h.post("all", at+"/decide", form)
	check.Has("Record 3 decisions", "Adopted with a variation", "A different text at paragraph 1.1", "Not persuaded", "For patients referred on or after 1 April 2027")

	change := check.Hidden()
	change.Set("step", "change")
	h.post("all", at+"/decide", change).Has("Our own first paragraph.", `value="JC/27/31"`)

	record := check.Hidden()
	record.Set("step", "record")
	if got := h.post("all", at+"/decide", record); got.Status != 303 {
		t.Fatalf("recording: %d %s", got.Status, got.Body)
	}
	meeting := at
	h.get("all", at).Has("Decided here for 3 of 3", "Not adopted")
	tab := h.get("all", "/desk/policies/"+h.policy.ID+"/decisions")
	tab.Has("Adopted by 2 of 3", "Version 1.0 from 1 April 2027", "Adopted with a variation", "Not adopted")
	at = "/desk/policies/" + h.policy.ID + "/decisions/1.0/" + h.places[1]
	h.get("all", at).Has("What Brindlewick decided on version 1.0", "A local pathway", "A different text at paragraph 1.1", "recorded by Name of all")
	right := h.get("all", at).Hidden()
	right.Set("due", "Better words")
	right.Set("minute", "JC/27/32")
	right.Set("reason", "A local pathway")
	right.Set("o0-text", "Our own first paragraph, spelt right.")
	right.Set("o0-act", "replace")
	right.Set("o0-anchor", h.anchor("1.1"))
	h.post("all", at, right).Has("Say why the record is put right", "spelt right")
	right.Set("why", "Spelling")
	if got := h.post("all", at, right); got.Status != 303 {
		t.Fatalf("putting right: %d", got.Status)
	}
	h.get("all", at).Has("Recorded before", "put right by Name of all on 18 March 2027", "Why it was put right", "Spelling", "recorded by Name of all", "JC/27/31", "JC/27/32")
	if got := h.post("first", at, right); got.Status != 403 {
		t.Errorf("a secretary of another place puts it right: %d, want 403", got.Status)
	}
	h.get("all", "/desk/programmes/"+h.programme.ID+"?place="+h.places[1]).Has("app-s--a", "app-s--v app-chosen", "app-s--n", "1 policy, 3 commissioners", "For decision: 1")
	if again := h.post("all", meeting+"/decide", record); again.Status != 409 {
		t.Errorf("recording twice: %d", again.Status)
	}
	list, err := h.Decisions.OfPolicy(t.Context(), h.people()["all"], h.policy.ID)
	if err != nil || len(list) != 3 || list[0].Revision != 1 {
		t.Errorf("decisions kept: %v, %v", list, err)
	}
}

// A variation stands on the policy's public page: one that could not be shown there is not recorded.
func TestOnlyAVariationThatCanBeShown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	at := h.plan()
	form := adopted(h.get("all", at+"/decide").Hidden())
	form.Set("i0-outcome", "vary")
	form.Set("i0-reason", "A local pathway")
	h.replace(form, "i0-", 0, "1.1", strings.Repeat("> ", 17)+"too deep")
	form.Set("step", "record")
	got := h.post("all", at+"/decide", form)
	got.Has("nested too deeply", `href="#i0-overlay"`, "too deep")
	form.Set("i0-o0-text", "Our own first paragraph.")
	if got := h.post("all", at+"/decide", form); got.Status != 303 {
		t.Fatalf("recording: %d %s", got.Status, got.Body)
	}
	at = "/desk/policies/" + h.policy.ID + "/decisions/1.0/" + h.places[1]
	right := h.get("all", at).Hidden()
	for name, v := range map[string]string{"due": "As before", "minute": "1", "reason": "As before", "why": "Layout"} {
		right.Set(name, v)
	}
	h.replace(right, "", 0, "1.1", strings.Repeat("> ", 17)+"too deep")
	h.post("all", at, right).Has("nested too deeply", `href="#overlay"`, "too deep")
}

func TestErrorsKeepWhatWasTyped(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	at := h.plan()
	form := adopted(h.get("all", at+"/decide").Hidden())
	form.Set("i0-minute", "")
	form.Set("i0-effective-day", "31")
	form.Set("i0-effective-month", "2")
	form.Set("i0-c1-outcome", "vary")
	h.replace(form, "i0-c1-", 0, "1.1", "<script>alert(1)</script>")
	form.Set("i0-c1-o0-anchor", "99.9")
	form.Set("step", "check")
	got := h.post("all", at+"/decide", form)
	if got.Status != 422 {
		t.Errorf("status %d, want 422", got.Status)
	}
	got.Has("There is a problem", "must be a real date", "Enter the reference of the minute", "Give the reasons (Brindlewick)", "This version has no such paragraph",
		"Considered for all three places", `value="31"`, "&lt;script&gt;", `href="#i0-c1-o0-anchor"`, `href="#i0-effective-i0-effective-day"`, `id="i0-effective-i0-effective-day"`,
		`href="#i0-minute"`, `href="#i0-c1-reason"`)

	if strings.Contains(got.Body, "Enter the date from which it applies") || strings.Contains(got.Body, "minute (Aldermoss") {
		t.Error("something is said that only follows from another error, or of some places that is true of all")
	}
	if strings.Index(got.Body, "#i0-minute") > strings.Index(got.Body, "#i0-c1-reason") || strings.Index(got.Body, "#i0-effective") > strings.Index(got.Body, "#i0-minute") {
		t.Error("the summary is not in the order of the page")
	}
	nothing := h.get("all", at+"/decide").Hidden()
	nothing.Set("step", "check")
	h.post("all", at+"/decide", nothing).Has("Choose what was decided on Tonsillectomy")
}

// What stands in the way is told before anything is typed, and a form that is sent twice makes one meeting.
func TestTooEarlyTwiceAndCancelled(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	form := url.Values{"title": {"Joint committee"}, "body": {"Committee of the places"}, "commissioners": h.places}
	date(form, "date", record.Day(2027, 3, 20))
	at := h.post("all", "/desk/meetings/new", form).Header.Get("Location")
	h.post("all", "/desk/meetings/new", form).Has("This meeting is planned already", `href="#title"`)
	items := h.get("all", at+"/items").Hidden()
	items.Set("items", h.policy.ID+"/1.0")
	h.post("all", at+"/items", items)
	early := h.get("all", at+"/decide")
	early.Has("Decisions can be recorded from 20 March 2027", "Say first who was present")
	if strings.Contains(early.Body, "i0-outcome") {
		t.Error("the form asks what it will refuse")
	}
	cancel := h.get("all", at+"/edit").Hidden()
	h.post("all", at+"/cancel", cancel).Has("Enter the reason", `href="#reason"`, `value="Joint committee"`)
	cancel.Set("reason", "No quorum")
	if got := h.post("first", at+"/cancel", cancel); got.Status != 403 {
		t.Errorf("cancelled by a secretary of one place: %d, want 403", got.Status)
	}
	if got := h.post("all", at+"/cancel", cancel); got.Status != 303 {
		t.Fatalf("cancelling: %d %s", got.Status, got.Body)
	}
	h.get("all", at).Has("This meeting did not sit")
	h.moveTo(h.Clock.Now().AddDate(0, 0, 5))
	h.get("all", "/desk/meetings").Has("Cancelled")
	if work := h.get("all", "/desk"); strings.Contains(work.Body, "Record what was decided") {
		t.Error("decisions of a cancelled meeting are asked for")
	}
}

// What everybody has decided is not offered to another meeting; where it is on the agenda already, that says why.
func TestDecidedElsewhere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	at := h.plan()
	form := url.Values{"title": {"Second sitting"}, "body": {"Committee of the places"}, "commissioners": h.places}
	date(form, "date", record.Day(2027, 3, 18))
	second := h.post("all", "/desk/meetings/new", form).Header.Get("Location")
	items := h.get("all", second+"/items")
	items.Has("Tonsillectomy, CP-041")
	add := items.Hidden()
	add.Set("items", h.policy.ID+"/1.0")
	answer := adopted(h.get("all", at+"/decide").Hidden())
	answer.Set("step", "record")
	if got := h.post("all", at+"/decide", answer); got.Status != 303 {
		t.Fatalf("recording: %d %s", got.Status, got.Body)
	}
	if got := h.get("all", second+"/items"); strings.Contains(got.Body, "CP-041") {
		t.Error("what all have decided is offered again")
	}
	h.post("all", second+"/items", add)
	h.get("all", second).Has("Decided already", "by every commissioner of this meeting, at other meetings", "/desk/policies/"+h.policy.ID+"/decisions")
}

func TestOneSecretaryOfThree(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	at := h.plan()
	h.get("first", at+"/decide").Has("What Aldermoss decided")
	mine, old := adopted(h.get("first", at+"/decide").Hidden()), adopted(h.get("all", at+"/decide").Hidden())
	mine.Set("step", "record")
	if got := h.post("first", at+"/decide", mine); got.Status != 303 {
		t.Fatalf("recording for one: %d %s", got.Status, got.Body)
	}
	h.get("first", "/desk").Has("Nothing waits for you")
	h.get("all", "/desk").Has("2 decisions are missing")
	h.get("first", at+"/decide").Has("Nothing is left to be recorded by you")
	old.Set("step", "record")
	got := h.post("all", at+"/decide", old)
	if got.Status != 409 {
		t.Errorf("a form from before another secretary's decision: %d, want 409", got.Status)
	}
	got.Has("Somebody recorded a decision", "What Brindlewick and Carrowmead decided", "Considered for all three places")
	fresh := adopted(got.Hidden())
	fresh.Set("step", "record")
	if got := h.post("all", at+"/decide", fresh); got.Status != 303 {
		t.Errorf("the same form looked at again: %d, want it to record the other two", got.Status)
	}
	for path, want := range map[string]int{at + "/edit": 403, at + "/items": 403, at: 200} {
		if got := h.get("first", path); got.Status != want {
			t.Errorf("GET %s by a secretary of one place: %d, want %d", path, got.Status, want)
		}
	}
	if got := h.get("approver", at+"/decide"); got.Status != 403 {
		t.Errorf("an approver opens the form: %d, want 403", got.Status)
	}
}

func TestDateOfAnEventAndSuspension(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	at := h.plan()
	form := adopted(h.get("all", at+"/decide").Hidden())
	form.Del("i0-effective-day")
	form.Del("i0-effective-month")
	form.Del("i0-effective-year")
	form.Set("i0-event", "The start of the new contract")
	form.Set("step", "record")
	if got := h.post("all", at+"/decide", form); got.Status != 303 {
		t.Fatalf("recording: %d %s", got.Status, got.Body)
	}
	h.get("all", "/desk").Has("Give the date from which Tonsillectomy applies in Aldermoss")
	h.get("all", "/desk/policies/"+h.policy.ID+"/decisions").Has("Give the date for Aldermoss", "start of the new contract")
	reg := "/desk/policies/" + h.policy.ID + "/register/" + h.places[0]
	h.get("all", reg).Has("Version 1.0 applies from the start of the new contract")

	give := h.get("all", reg).Hidden()
	give.Set("w0-from-day", "x")
	h.post("all", reg+"/date", give).Has("must be a real date", `value="x"`)
	date(give, "w0-from", record.Day(2027, 3, 1))
	h.post("all", reg+"/date", give).Has("It was decided on 18 March 2027. Enter that date or a later one")
	date(give, "w0-from", record.Day(2027, 3, 18))
	if got := h.post("all", reg+"/date", give); got.Status != 303 {
		t.Fatalf("giving the date: %d %s", got.Status, got.Body)
	}
	h.get("all", reg).Has("Version 1.0 since 18 March 2027", "Suspend in an emergency")

	h.get("all", "/desk/policies/"+h.policy.ID+"/decisions/1.0/"+h.places[0]).Has("For patients referred on or after 18 March 2027 (start of the new contract)")
	right := h.get("all", reg).Hidden()
	date(right, "d0-from", record.Day(2027, 3, 17))
	right.Set("d0-reason", "It began earlier")
	h.post("all", reg+"/date", right).Has("It was decided on 18 March 2027", `href="#d0-from-d0-from-day"`)
	date(right, "d0-from", record.Day(2027, 3, 20))
	right.Del("d0-reason")
	h.post("all", reg+"/date", right).Has("Enter the reason", `href="#d0-reason"`)
	right.Set("d0-reason", "It began later")
	if got := h.post("all", reg+"/date", right); got.Status != 303 {
		t.Fatalf("correcting the date: %d %s", got.Status, got.Body)
	}
	h.get("all", reg).Has("No text recorded", "Version 1.0 from 20 March 2027")
	h.moveTo(h.Clock.Now().AddDate(0, 0, 2))

	over := h.get("all", reg).Hidden()
	date(over, "withdraw-from", record.Day(2000, 1, 1))
	over.Set("withdraw-reason", "Not used")
	h.post("all", reg+"/withdraw", over).Has("Enter today or a later day", `href="#withdraw-from-withdraw-from-day"`)

	stop := h.get("all", reg).Hidden()
	h.post("all", reg+"/suspend", stop).Has("There is a problem")
	stop.Set("suspend-reason", "A device was recalled")
	if got := h.post("all", reg+"/suspend", stop); got.Status != 303 {
		t.Fatalf("suspending: %d %s", got.Status, got.Body)
	}
	if body := h.get("all", reg).Body; strings.Contains(body, "Approve the suspension") {
		t.Error("who suspended it is asked to approve it")
	}
	yes := h.get("approver", reg).Hidden()
	h.get("approver", reg).Has("Approve the suspension", "Suspended from 20 March 2027 by Name of all")
	yes.Set("approve-reason", "Agreed")
	if got := h.post("approver", reg+"/approve", yes); got.Status != 303 {
		t.Fatalf("approving: %d %s", got.Status, got.Body)
	}
	h.get("all", reg).Has("Approved by Name of approver", "Lift the suspension")

	tab := "/desk/policies/" + h.policy.ID + "/decisions"
	lift := h.get("all", reg).Hidden()
	date(lift, "lift-from", record.Day(2027, 3, 25))
	lift.Set("lift-reason", "Safe again")
	if got := h.post("all", reg+"/lift", lift); got.Status != 303 {
		t.Fatalf("lifting: %d %s", got.Status, got.Body)
	}
	for _, path := range []string{reg, tab} {
		h.get("all", path).Has("Suspended since 20 March 2027", "Version 1.0 from 25 March 2027")
	}
	h.moveTo(h.Clock.Now().AddDate(0, 0, 5))
	h.get("all", reg).Has("Version 1.0 since 20 March 2027", "<span>Suspended</span>", "<span>25 March 2027</span>")
}

// What is no policy is not called one.
func TestPlaceWithoutPolicy(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, err := h.Review.AddLocal(t.Context(), h.people()["all"], review.LocalInput{Policy: h.policy.ID, Commissioner: h.places[1], Effective: record.Day(2020, 1, 1), Without: review.OpenAccess})
	must(t, err)
	tab := "/desk/policies/" + h.policy.ID
	for _, path := range []string{tab + "/decisions", tab + "/register/" + h.places[1]} {
		h.get("all", path).Has("No policy: open access since 1 January 2020")
	}
}

func TestPublish(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	tab := "/desk/policies/" + h.policy.ID + "/decisions"
	form := h.get("all", tab).Hidden()
	form.Set("version", "1.0")
	h.post("all", tab[:len(tab)-len("decisions")]+"publish", form).Has("No commissioner has adopted this version yet")
	at := h.plan()
	answer := adopted(h.get("all", at+"/decide").Hidden())
	answer.Set("step", "record")
	h.post("all", at+"/decide", answer)
	form = h.get("all", tab).Hidden()
	form.Set("version", "1.0")
	if got := h.post("all", "/desk/policies/"+h.policy.ID+"/publish", form); got.Status != 303 {
		t.Fatalf("publishing: %d %s", got.Status, got.Body)
	}
	h.get("all", tab).Has("Version 1.0 in the public library", `href="/policies/tonsillectomy"`, "Take it out of the public library")

	form = h.get("all", tab).Hidden()
	form.Set("version", "1.0")
	date(form, "from", record.Day(2027, 5, 1))
	publish, cancel := "/desk/policies/"+h.policy.ID+"/publish", "/desk/policies/"+h.policy.ID+"/unschedule"
	if got := h.post("all", publish, form); got.Status != 303 {
		t.Fatalf("scheduling: %d %s", got.Status, got.Body)
	}
	h.get("all", tab).Has("Version 1.0 in the public library", "To come: Version 1.0 from 1 May 2027")
	back := h.get("all", tab).Hidden()
	h.post("all", cancel, back).Has("Enter the reason", `href="#cancel-reason"`)
	back.Set("cancel-reason", "Too early")
	if got := h.post("all", cancel, back); got.Status != 303 {
		t.Fatalf("taking back: %d %s", got.Status, got.Body)
	}
	got := h.get("all", tab)
	got.Has("Version 1.0 in the public library")
	if strings.Contains(got.Body, "To come") {
		t.Error("what was taken back is still to come")
	}
	back = got.Hidden()
	back.Set("cancel-reason", "Again")
	h.post("all", cancel, back).Has("Nothing is to be published later")
}

// What comes is in the order of its days, and a commissioner that ended stays where it is chosen.
func TestComingAndEnded(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	plan := url.Values{"title": {"Late sitting"}, "body": {"Committee"}, "commissioners": h.places}
	date(plan, "date", record.Day(2027, 4, 20))
	meeting := h.post("all", "/desk/meetings/new", plan).Header.Get("Location")
	at := "/desk/programmes/" + h.programme.ID
	form := h.get("all", at+"/edit").Hidden()
	form.Set("name", "Three places")
	form["commissioners"] = h.places
	form.Set("m0-name", "Early forum")
	for name, day := range map[string]record.Date{"start": record.Day(2026, 4, 1), "end": record.Day(2028, 3, 31), "m0-date": record.Day(2027, 4, 6)} {
		date(form, name, day)
	}
	if got := h.post("all", at+"/edit", form); got.Status != 303 {
		t.Fatalf("changing the programme: %d %s", got.Status, got.Body)
	}
	work := h.get("all", "/desk")
	work.Has(`<a href="`+meeting+`">20 April: Late sitting`, `<a href="`+at+`/timetable">6 April: Early forum`, `href="/desk/policies?lead=mine&amp;stage=decision"`)
	if strings.Index(work.Body, "Early forum") > strings.Index(work.Body, "Late sitting") {
		t.Error("what comes later stands first")
	}
	c, err := h.Review.Commissioners.Load(t.Context(), h.places[2])
	must(t, err)
	_, err = h.Review.EndCommissioner(t.Context(), record.Edit{By: h.people()["all"], ID: c.ID, Revision: c.Revision}, record.Day(2027, 3, 1), h.places[:1])
	must(t, err)
	for _, path := range []string{at + "/edit", meeting + "/edit"} {
		h.get("all", path).Has(`value="`+h.places[2]+`"`, "Ended on 1 March 2027")
	}
	if got := h.get("all", "/desk/meetings/new"); strings.Contains(got.Body, h.places[2]) {
		t.Error("a new meeting is offered a commissioner that ended")
	}
}

func TestListsAndForms(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	at := h.plan()
	h.get("all", "/desk/meetings").Has("Joint committee", "3 commissioners", "Plan a meeting")
	h.get("all", at+"/edit").Has(`value="Joint committee"`, `value="2027"`)
	h.get("all", "/desk/programmes").Has("Three places")
	h.get("all", "/desk/programmes/"+h.programme.ID+"/timetable").Has("The programme ends")
	h.get("all", "/desk/programmes/"+h.programme.ID+"/edit").Has(`value="Three places"`)
	h.get("auditor", "/desk").Has("Nothing waits for you")
	form := h.get("all", "/desk/programmes/"+h.programme.ID+"/edit").Hidden()
	form.Set("name", "")
	form["commissioners"] = h.places
	h.post("all", "/desk/programmes/"+h.programme.ID+"/edit", form).Has("Enter the programme’s name", "Enter the date on which the programme starts")
	form = h.get("all", at+"/edit").Hidden()
	h.post("all", at+"/edit", form).Has("Enter the date of the meeting", "Choose at least one commissioner")
	remove := h.get("all", at).Hidden()
	if got := h.post("all", at+"/items/remove", remove); got.Status != 303 {
		t.Errorf("taking off the agenda: %d", got.Status)
	}
	h.get("all", at).Has("No policy is on the agenda yet")
	if got := h.get("all", "/desk/meetings/none"); got.Status != 404 {
		t.Errorf("an unknown meeting: %d", got.Status)
	}
	if decision.MayRecord(h.people()["auditor"], h.places[0]) {
		t.Error("an auditor may record")
	}
}
