package matrixview

import (
	"fmt"
	"html/template"
	"io"

	"concordat/review/harmony"
	"concordat/web"
	"concordat/web/view"
)

// filePage is a matrix as a file of its own, with its stylesheet in it.
type filePage struct {
	Frame view.Frame
	Style template.CSS
	View  View
}

var fileTemplate = view.Define[filePage]("review/matrix-file.html")

// WriteHTML writes a matrix as one file that a browser can open without a server.
func WriteHTML(w io.Writer, m *harmony.Matrix) error {
	assets, err := web.NewAssets()
	if err != nil {
		return fmt.Errorf("loading static files: %w", err)
	}
	set, err := view.NewSet(assets)
	if err != nil {
		return fmt.Errorf("loading templates: %w", err)
	}
	path, err := assets.Path("concordat.css")
	if err != nil {
		return err
	}
	style, _ := assets.Lookup(path)
	css := template.CSS(style.Bytes) //nolint:gosec // it is our own stylesheet, built into the program
	d := filePage{Frame: view.Frame{Title: "Side by side"}, Style: css, View: Of(m, Ask{NationalName: "Reference"})}
	body, err := set.Render(fileTemplate.Block("file", d))
	if err != nil {
		return err
	}
	_, err = w.Write(body)
	return err
}
