#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayTextClass: why a character may not be seen for what it is (flags; none for an ordinary one).
 *
 * The one classifier for every text that somebody else wrote: what is signed, and whatever a portal,
 * a card, a module, a certificate or a file calls things. General_Category,
 * Default_Ignorable_Code_Point and Bidi_Class are those of the Unicode Character Database.
 */
typedef enum {
  EONAY_TEXT_CLASS_ORDINARY = 0,
  EONAY_TEXT_CLASS_CONTROL = 1 << 0,       /* C0 and C1, line ends and tab among them (Cc) */
  EONAY_TEXT_CLASS_BIDI_CONTROL = 1 << 1,  /* turns the direction of what is around it */
  EONAY_TEXT_CLASS_RIGHT_TO_LEFT = 1 << 2, /* of a right-to-left script, whose direction spreads */
  EONAY_TEXT_CLASS_FORMAT = 1 << 3,        /* zero-width, ignorable, variation selector (Cf) */
  EONAY_TEXT_CLASS_FILLER = 1 << 4,        /* a letter or symbol whose drawing is empty */
  EONAY_TEXT_CLASS_OVERLAY = 1 << 5,       /* strikes through or encloses other characters (Me) */
  EONAY_TEXT_CLASS_OBJECT = 1 << 6,        /* U+FFFC, in whose place anything may be drawn */
  EONAY_TEXT_CLASS_PRIVATE_USE = 1 << 7,   /* looks as its font likes (Co) */
  EONAY_TEXT_CLASS_UNASSIGNED = 1 << 8,    /* (Cn), and surrogates */
  EONAY_TEXT_CLASS_NONCHARACTER = 1 << 9,  /* U+FDD0 to U+FDEF, U+xxFFFE, U+xxFFFF */
  EONAY_TEXT_CLASS_TAG = 1 << 10,          /* U+E0000 to U+E007F */
  EONAY_TEXT_CLASS_SEPARATOR = 1 << 11,    /* ends a line or paragraph (Zl, Zp) */
  EONAY_TEXT_CLASS_SPACE = 1 << 12,        /* a space of another width than the usual ones */
  EONAY_TEXT_CLASS_STACKED = 1 << 13,      /* one mark too many over a letter, or over none */
} EonayTextClass;

/**
 * How many combining marks, and Hangul vowels and finals by themselves, one letter may carry:
 * three, as some in Greek do.
 */
#define EONAY_TEXT_MARKS_MAX 3

/** The longest line and name that are made here, in characters. */
#define EONAY_TEXT_LINE_MAX 1024
#define EONAY_TEXT_NAME_MAX 256

/** Returns: what @c is by itself, whatever is around it */
EonayTextClass eonay_text_class_of (gunichar c);

/**
 * eonay_text_class_next:
 * @marks: (inout): 0 before the first character; then left alone
 *
 * Returns: what @c is behind the characters that were given with the same @marks before, of which
 *   those with a class other than %EONAY_TEXT_CLASS_ORDINARY are no letter to carry a mark
 */
EonayTextClass eonay_text_class_next (guint *marks, gunichar c);

/**
 * eonay_text_class_scan:
 * @text: UTF-8
 *
 * Returns: every class that the characters of @text have
 */
EonayTextClass eonay_text_class_scan (const char *text);

/** Appends the mark that stands for @c on screen: "⟦U+202E⟧" */
void eonay_text_class_append_mark (GString *text, gunichar c);

/**
 * eonay_text_class_make_line:
 * @bytes: (nullable): what somebody else calls something, in UTF-8 or not
 * @length: in bytes, or -1 if a NUL ends it
 *
 * What is made of a line stays as it is when it is made again.
 *
 * Returns: (transfer full): one line to put on screen, in Unicode normalization form C: without
 *   spaces around it, U+FFFD for bytes that are no UTF-8, a mark for each character that is not
 *   ordinary; "…" ends what was longer than %EONAY_TEXT_LINE_MAX
 */
char *eonay_text_class_make_line (const void *bytes, gssize length);

/** As eonay_text_class_make_line(), for names: at most %EONAY_TEXT_NAME_MAX characters */
char *eonay_text_class_make_name (const void *bytes, gssize length);

/**
 * eonay_text_class_make_text:
 *
 * As eonay_text_class_make_line(), but line ends and tabs stay, as do spaces at either end, the
 * form of letters, and the length.
 */
char *eonay_text_class_make_text (const void *bytes, gssize length);

/**
 * eonay_text_class_accept_line:
 * @text: UTF-8
 *
 * Returns: (transfer full) (nullable): @text as a line to put on screen, in normalization form C
 *   and without spaces around it; %NULL if a character of it is not ordinary, or nothing is left
 */
char *eonay_text_class_accept_line (const char *text);

G_END_DECLS
