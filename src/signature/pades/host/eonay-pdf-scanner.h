#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayPdfScanner: a place in a PDF's bytes, from which tokens are read one after another (ISO 32000-1,
 * clause 7.2). Blanks and comments before a token are skipped. What is not found moves it to nowhere
 * useful: keep a copy to try something else.
 */
typedef struct {
  const guint8 *at;
  const guint8 *end;
} EonayPdfScanner;

/** Returns: whether @character separates tokens and is none (table 1) */
gboolean eonay_pdf_scanner_is_blank (guint8 character);

void eonay_pdf_scanner_skip_blanks (EonayPdfScanner *self);

/** Returns: whether a whole number without a sign and not above @max is there */
gboolean eonay_pdf_scanner_read_number (EonayPdfScanner *self, guint64 max, guint64 *number);

/** Returns: whether exactly this word is there */
gboolean eonay_pdf_scanner_read_word (EonayPdfScanner *self, const char *word);

/** Reads "12 0 obj". Returns: whether that is there */
gboolean eonay_pdf_scanner_read_head (EonayPdfScanner *self, guint64 *number, guint64 *generation);

/** Reads a dictionary, what is in which becomes @dictionary. Returns: whether one is there */
gboolean eonay_pdf_scanner_read_dictionary (EonayPdfScanner *self, EonayPdfScanner *dictionary);

/** Likewise an array. */
gboolean eonay_pdf_scanner_read_array (EonayPdfScanner *self, EonayPdfScanner *array);

/** Reads a name. Returns: whether it is @name, whose characters may also stand there as "#6e" */
gboolean eonay_pdf_scanner_read_name (EonayPdfScanner *self, const char *name);

/**
 * eonay_pdf_scanner_find: the value of @key in what eonay_pdf_scanner_read_dictionary() gave
 * @value: (out): it and nothing else
 *
 * Returns: how often the key is there; all but 0 and 1 is damage
 */
guint eonay_pdf_scanner_find (const EonayPdfScanner *dictionary, const char *key,
                              EonayPdfScanner *value);

/** Returns: whether nothing but blanks is left */
gboolean eonay_pdf_scanner_is_at_end (const EonayPdfScanner *self);

G_END_DECLS
