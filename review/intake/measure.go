package intake

// What a file may hold, whatever its format, beside MaxBytes and maxMarkdown. No policy comes near it.
const (
	maxParagraphs = 100_000         // paragraphs, items and lines, empty ones too
	maxElements   = 1_200_000       // of XML or HTML, with the attributes that are kept
	maxMarks      = 500_000         // signs of Markdown: a full table has two for each cell
	maxKept       = 4 * maxMarkdown // bytes of words and attributes
)

// A measure is how much a file may still hold. Readers take from it while they read, so that a small file which asks
// for much is refused before that is built.
type measure struct{ paragraphs, cells, elements, bytes int }

func newMeasure() *measure {
	return &measure{paragraphs: maxParagraphs, cells: maxSheetCells, elements: maxElements, bytes: maxKept}
}

// err is ErrTooLarge when more was taken than there was.
func (m *measure) err() error {
	if m.paragraphs < 0 || m.cells < 0 || m.elements < 0 || m.bytes < 0 {
		return ErrTooLarge
	}
	return nil
}
