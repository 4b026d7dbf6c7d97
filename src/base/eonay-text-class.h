#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayTextClass: why a character may not be recognised on screen (flags; none for an ordinary
 * one).
 *
 * The one classifier for all foreign text: documents to be signed, and names given by a portal, a
 * card, a module, a certificate or a file. General_Category, Default_Ignorable_Code_Point and
 * Bidi_Class are those of the Unicode Character Database.
 */
typedef enum {
  EONAY_TEXT_CLASS_ORDINARY = 0,
  EONAY_TEXT_CLASS_CONTROL = 1 << 0,       /* C0 and C1, line ends and tab among them (Cc) */
  EONAY_TEXT_CLASS_BIDI_CONTROL = 1 << 1,  /* changes the direction of the text around it */
  EONAY_TEXT_CLASS_RIGHT_TO_LEFT = 1 << 2, /* of a right-to-left script, whose direction spreads */
  EONAY_TEXT_CLASS_FORMAT = 1 << 3,        /* zero-width, ignorable, variation selector (Cf) */
  EONAY_TEXT_CLASS_FILLER = 1 << 4,        /* a letter or symbol with an empty glyph */
  EONAY_TEXT_CLASS_OVERLAY = 1 << 5,       /* strikes through or encloses other characters (Me) */
  EONAY_TEXT_CLASS_OBJECT = 1 << 6,        /* U+FFFC, a placeholder for any object */
  EONAY_TEXT_CLASS_PRIVATE_USE = 1 << 7,   /* drawn as the font defines it (Co) */
  EONAY_TEXT_CLASS_UNASSIGNED = 1 << 8,    /* (Cn), and surrogates */
  EONAY_TEXT_CLASS_NONCHARACTER = 1 << 9,  /* U+FDD0 to U+FDEF, U+xxFFFE, U+xxFFFF */
  EONAY_TEXT_CLASS_TAG = 1 << 10,          /* U+E0000 to U+E007F */
  EONAY_TEXT_CLASS_SEPARATOR = 1 << 11,    /* ends a line or paragraph (Zl, Zp) */
  EONAY_TEXT_CLASS_SPACE = 1 << 12,        /* a space of unusual width */
  EONAY_TEXT_CLASS_STACKED = 1 << 13,      /* more marks than a letter may carry, or without a
                                              letter */
} EonayTextClass;

/**
 * Maximum number of combining marks, and of Hangul vowels and finals by themselves, on one letter:
 * three, as in Greek.
 */
#define EONAY_TEXT_MARKS_MAX 3

/** Maximum length of a line and of a name made here, in characters. */
#define EONAY_TEXT_LINE_MAX 1024
#define EONAY_TEXT_NAME_MAX 256

/** Returns: the class of @c by itself, without context */
EonayTextClass eonay_text_class_of (gunichar c);

/**
 * eonay_text_class_next:
 * @marks: (inout): 0 before the first character; not to be changed between calls
 *
 * Returns: the class of @c after the characters passed with the same @marks before, of which those
 *   with a class other than %EONAY_TEXT_CLASS_ORDINARY cannot carry a mark
 */
EonayTextClass eonay_text_class_next (guint *marks, gunichar c);

/**
 * eonay_text_class_scan:
 * @text: UTF-8
 *
 * Returns: the classes of all characters of @text
 */
EonayTextClass eonay_text_class_scan (const char *text);

/** Appends the mark that is shown for @c: "⟦U+202E⟧" */
void eonay_text_class_append_mark (GString *text, gunichar c);

/**
 * eonay_text_class_make_line:
 * @bytes: (nullable): foreign text, valid UTF-8 or not
 * @length: in bytes, or -1 if it is zero-terminated
 *
 * The function is idempotent.
 *
 * Returns: (transfer full): one line to be shown, in Unicode normalization form C: without leading
 *   and trailing spaces, U+FFFD for invalid UTF-8, a mark for each character that is not ordinary;
 *   "…" ends one that was longer than %EONAY_TEXT_LINE_MAX
 */
char *eonay_text_class_make_line (const void *bytes, gssize length);

/** As eonay_text_class_make_line(), for names: at most %EONAY_TEXT_NAME_MAX characters */
char *eonay_text_class_make_name (const void *bytes, gssize length);

/**
 * eonay_text_class_make_text:
 *
 * As eonay_text_class_make_line(), but line ends, tabs, leading and trailing spaces, the
 * normalization form and the length are preserved.
 */
char *eonay_text_class_make_text (const void *bytes, gssize length);

/**
 * eonay_text_class_accept_line:
 * @text: UTF-8
 *
 * Returns: (transfer full) (nullable): @text as a line to be shown, in normalization form C and
 *   without leading and trailing spaces; %NULL if a character of it is not ordinary, or it would be
 *   empty
 */
char *eonay_text_class_accept_line (const char *text);

G_END_DECLS
