package reviewpages

import (
	"fmt"
	"io"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// activityPage takes in who was treated: first what is in the file, then the keeping.
type activityPage struct {
	Frame  view.Frame
	Errors view.Errors
	File   *activityShown // nil before anything was sent
	Right  bool           // it can be kept
	Upload view.FileUpload
	Text   view.Textarea
}

type activityShown struct {
	Lines, Wrong int
	More         int // how many lines are wrong when not all are told
	Places       []activityPlace
	Faults       []review.LineFault
	Counted      []codeRow // codes that policies have
	Diagnosis    []codeRow // codes that policies have as diagnosis codes alone
	Unused       string    // codes that no policy has
}

// codeRow is a code with the policies that have it.
type codeRow struct{ Code, Policies string }

type activityPlace struct{ Place, Codes, Period, People string }

var activityTemplate = view.Define[activityPage]("review/activity.html")

func (p *Pages) showActivity(c *gin.Context) (page.Result, error) {
	return p.activityForm(c, nil, "", nil)
}

func (p *Pages) activityForm(c *gin.Context, file *review.ActivityFile, text string, errs view.Errors) (page.Result, error) {
	d := activityPage{Frame: p.Site.Frame(c, "Say who was treated", "policies"), Errors: errs, Right: file != nil && file.Wrong == 0}
	d.Frame.HasErrors = errs.Any()
	d.Frame.Crumbs = []view.Link{{Text: "Policies", Href: "/desk/policies"}}
	if file != nil {
		d.File = shownActivity(file)
	}
	d.Upload = view.FileUpload{Name: "file", Label: view.Label{Text: "Choose a file", Size: "s"}, Hint: view.Hint{Text: "CSV, up to 50,000 lines"}, Error: errs.Of("file"), Accept: ".csv,text/csv,text/plain"}
	d.Text = area("lines", "Or paste the lines here", "The names of the columns first. Used when no file is chosen", text, 8, errs)
	return answer(activityTemplate.Page(d), errs), nil
}

func shownActivity(f *review.ActivityFile) *activityShown {
	out := &activityShown{Lines: f.Lines, Wrong: f.Wrong, Faults: f.Faults}
	if f.Wrong > len(f.Faults) {
		out.More = f.Wrong
	}
	var unused []string
	for _, u := range f.Codes {
		switch {
		case len(u.Policies) > 0:
			out.Counted = append(out.Counted, codeRow{u.Code, strings.Join(u.Policies, ", ")})
		case len(u.Diagnosis) > 0:
			out.Diagnosis = append(out.Diagnosis, codeRow{u.Code, strings.Join(u.Diagnosis, ", ")})
		default:
			unused = append(unused, u.Code)
		}
	}
	out.Unused = codesWords(unused)
	for _, p := range f.Places {
		out.Places = append(out.Places, activityPlace{p.Name, codesWords(p.Codes()), review.Baseline{From: p.From, To: p.To}.Period(), howMany(p.People, "person", "people")})
	}
	return out
}

// codesWords lists the first codes and says how many more there are.
func codesWords(codes []string) string {
	if len(codes) > 8 {
		return strings.Join(codes[:8], ", ") + " and " + howMany(len(codes)-8, "code more", "codes more")
	}
	return strings.Join(codes, ", ")
}

func (p *Pages) giveActivity(c *gin.Context) (page.Result, error) {
	text, err := activityText(c)
	if err != nil {
		return page.Result{}, err
	}
	act := p.Review.CheckActivity
	if c.PostForm("step") == "keep" {
		act = p.Review.KeepActivity
	}
	file, err := act(c.Request.Context(), page.Actor(c), text)
	if errs, ok := refused(err); ok {
		return p.activityForm(c, file, text, errs)
	}
	if err != nil {
		return page.Result{}, err
	}
	if c.PostForm("step") == "keep" {
		return page.Result{SeeOther: "/desk/activity", Flash: "Kept: " + howMany(file.Lines, "line", "lines") + " for " + placesWords(len(file.Places))}, nil
	}
	return p.activityForm(c, file, text, nil)
}

// activityText is the file that was sent, else what was pasted.
func activityText(c *gin.Context) (string, error) {
	f, _, err := upload(c, "file")
	if err != nil {
		return "", err
	}
	if f == nil {
		return c.PostForm("lines"), nil
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, page.TextBody+1))
	if err == nil && int64(len(data)) > page.TextBody {
		return "", record.Faults{{Field: "file", Message: "The file is larger than 2 MB. Send it in parts, such as one for each commissioner"}}
	}
	return strings.ReplaceAll(strings.ToValidUTF8(string(data), "\uFFFD"), "\r\n", "\n"), err
}

// howMany writes "1 line" or "15 lines".
func howMany(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
