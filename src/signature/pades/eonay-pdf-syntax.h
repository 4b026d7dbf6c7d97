#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The syntax of a PDF's objects (ISO 32000-1, clause 7.3), as text.
 */

/** Appends "/name", with every character escaped that would end it (clause 7.3.5). */
void eonay_pdf_syntax_append_name (GString *text, const char *name);

/** Appends a string of bytes: literal if all of them are printable, else hexadecimal. */
void eonay_pdf_syntax_append_string (GString *text, const guint8 *bytes, gsize length);

/**
 * eonay_pdf_syntax_append_text: a text string (clause 7.9.2.2)
 * @utf8: valid UTF-8; ASCII stays what it is, all else goes as UTF-16BE with its mark
 */
void eonay_pdf_syntax_append_text (GString *text, const char *utf8);

/** Appends a date (clause 7.9.4) with the offset of @time's zone. */
void eonay_pdf_syntax_append_date (GString *text, GDateTime *time);

/** Appends a number with at most four decimals, and never an exponent or a comma. */
void eonay_pdf_syntax_append_number (GString *text, double number);

/** The object numbers that may be referred to. */
typedef struct {
  guint first;
  guint last;
} EonayPdfRange;

/**
 * eonay_pdf_syntax_is_value:
 *
 * Returns: whether @bytes are exactly one object, without comments, and no stream
 */
gboolean eonay_pdf_syntax_is_value (const guint8 *bytes, gsize length,
                                    const EonayPdfRange *numbers);

G_END_DECLS
