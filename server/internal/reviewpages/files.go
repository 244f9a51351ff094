package reviewpages

import (
	"errors"
	"fmt"
	"mime/multipart"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// filesPage are a policy's supporting documents.
type filesPage struct {
	Frame    view.Frame
	Errors   view.Errors
	Path     string
	Revision int64
	MayEdit  bool
	Files    []fileRow
	Title    view.Input
	File     view.FileUpload
}

type fileRow struct{ ID, Title, Name, Size string }

var filesTemplate = view.Define[filesPage]("review/files.html")

func (p *Pages) files(c *gin.Context) (page.Result, error) {
	pol, err := p.policy(c)
	if err != nil {
		return page.Result{}, err
	}
	return p.filesForm(c, pol, "", nil)
}

func (p *Pages) filesForm(c *gin.Context, pol *review.Policy, title string, errs view.Errors) (page.Result, error) {
	d := filesPage{Frame: below(p.frame(c, pol, "Files"), pol), Errors: errs, Path: address(pol.ID, "files"), Revision: pol.Revision, MayEdit: may(c, access.PolicyEdit, pol),
		Title: input("title", "Title that readers see", "Such as “Referral form”", title, errs),
		File: view.FileUpload{Name: "file", Label: view.Label{Text: "File", Size: "s"}, Error: errs.Of("file"), Accept: ".pdf,.docx,.xlsx,.odt,.png,.jpg,.txt",
			Hint: view.Hint{Text: "PDF, Word, Excel, OpenDocument, PNG, JPEG or plain text, without macros, up to 20 MB"}}}
	for _, f := range pol.Files {
		d.Files = append(d.Files, fileRow{f.ID, f.Title, f.Name, size(f.Size)})
	}
	d.Frame.HasErrors = errs.Any()
	return answer(filesTemplate.Page(d), errs), nil
}

func size(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}

// upload is the file of a form, nil when none was chosen. The caller closes it.
func upload(c *gin.Context, name string) (multipart.File, string, error) {
	header, err := c.FormFile(name)
	if err != nil {
		return nil, "", nil //nolint:nilerr // a form without a file is a form without a file, whatever its encoding
	}
	f, err := header.Open()
	if err != nil {
		return nil, "", fmt.Errorf("reading an upload: %w", err)
	}
	return f, header.Filename, nil
}

func (p *Pages) addFile(c *gin.Context) (page.Result, error) {
	pol, err := p.policyFor(c, access.PolicyEdit)
	if err != nil {
		return page.Result{}, err
	}
	e, err := page.Edit(c, pol.ID)
	if err != nil {
		return page.Result{}, err
	}
	title := line(c, "title")
	f, name, err := upload(c, "file")
	if err != nil {
		return page.Result{}, err
	}
	if f == nil {
		var errs view.Errors
		if title == "" {
			errs.Add("title", "Enter the title that readers will see")
		}
		errs.Add("file", "Choose a file")
		return p.filesForm(c, pol, title, errs)
	}
	defer f.Close()
	_, err = p.Review.AddFile(c.Request.Context(), e, name, title, f)
	if errs, ok := refused(err); ok {
		return p.filesForm(c, pol, title, errs)
	}
	if errors.Is(err, record.ErrConflict) {
		var errs view.Errors
		errs.Add("file", "Somebody else saved this policy meanwhile. Choose the file once more and add it again")
		return p.filesForm(c, pol, title, errs)
	}
	return page.Result{SeeOther: address(pol.ID, "files"), Flash: "The file is added"}, err
}

func (p *Pages) removeFile(c *gin.Context) (page.Result, error) {
	e, err := page.Edit(c, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	_, err = p.Review.RemoveFile(c.Request.Context(), e, c.Param("file"))
	return page.Result{SeeOther: address(e.ID, "files"), Flash: "The file is removed. Versions that were issued with it keep it"}, err
}

func (p *Pages) openFile(c *gin.Context) (page.Result, error) {
	f, body, err := p.Review.OpenFile(c.Request.Context(), page.Actor(c), c.Param("id"), c.Param("file"))
	if err != nil {
		return page.Result{}, err
	}
	return page.Result{File: &page.File{Name: f.Name, ContentType: f.Type, Body: body}}, nil
}
