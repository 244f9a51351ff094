package intake

import (
	"bytes"
	"errors"
)

// The reasons why a file is not taken. Their words can be shown to the person who sent it.
var (
	ErrEmpty     = errors.New("the file is empty. Choose a file that has text in it")
	ErrTooLarge  = errors.New("the file is too large. Files can be up to 20 MB, and hold up to 2,000 pages, 100,000 paragraphs or lines and 4 MB of words: remove pictures, or split the document")
	ErrTooMuch   = errors.New("the file takes too much time or memory to read, as very large drawings and damaged files do. Print it to a new PDF and send that, or split the document")
	ErrUnknown   = errors.New("the file is of a kind that cannot be read. Send a Word document (.docx), a PDF, a sheet (.xlsx or .csv), a web page (.html), Markdown or plain text")
	ErrEncrypted = errors.New("the file is protected by a password. Open it, remove the password, save it and send it again")
	ErrOldWord   = errors.New("the file is in the old Word format (.doc). Open it in Word, save it as a Word document (.docx) and send it again")
	ErrOldSheet  = errors.New("the file is in the old Excel format (.xls). Open it in Excel, save it as a workbook (.xlsx) and send it again")
	ErrDamaged   = errors.New("the file is damaged. Open it in the program that it came from, save it as a new file and send it again")
	ErrScanned   = errors.New("the file has pictures of pages and no text that can be read. Send the document that was printed, or have its text recognised (OCR) and compare it")
	ErrBusy      = errors.New("too many files are being read just now. Send the file again in a minute")
)

// Reason is the part of an error of Read that can be shown, and whether it is one of the Err… values.
func Reason(err error) (string, bool) {
	for _, e := range []error{ErrEmpty, ErrTooLarge, ErrTooMuch, ErrUnknown, ErrEncrypted, ErrOldWord, ErrOldSheet, ErrDamaged, ErrScanned, ErrBusy} {
		if errors.Is(err, e) {
			return e.Error(), true
		}
	}
	return "", false
}

// oleMagic begins the container that old Office files and password-protected new ones share.
var oleMagic = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}

// oleError tells the files in that container apart by the names of their streams, which are UTF-16.
func oleError(data []byte) error {
	switch {
	case bytes.Contains(data, utf16le("EncryptedPackage")):
		return ErrEncrypted
	case bytes.Contains(data, utf16le("WordDocument")):
		return ErrOldWord
	case bytes.Contains(data, utf16le("Workbook")):
		return ErrOldSheet
	}
	return ErrUnknown
}

func utf16le(ascii string) []byte {
	b := make([]byte, 0, 2*len(ascii))
	for i := range len(ascii) {
		b = append(b, ascii[i], 0)
	}
	return b
}
