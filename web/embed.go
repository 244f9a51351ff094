// Package web holds what a browser is sent that is not a page's own data: templates, stylesheets, scripts and icons.
package web

import "embed"

// Templates has the page templates under "templates/".
//
//go:embed templates
var Templates embed.FS

//go:embed static
var static embed.FS
