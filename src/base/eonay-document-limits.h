#pragma once

/*
 * Limits of what can be shown before it is signed: x-limits of data/portal-api.yaml, defined only
 * here in the program. What exceeds one of them is refused before any of it is shown, with a short
 * code of its own.
 *
 * A text's limits apply to it as it is shown, with a mark such as "⟦U+202E⟧" for each invisible
 * character. They are what a text view can handle: below them no text is laid out for longer than
 * 100 ms at a time, and each of its characters has its place.
 */

/** Documents of a transaction. */
#define EONAY_DOCUMENTS_MAX 16

/** Bytes of a document of any kind, and of all documents of a transaction together. */
#define EONAY_DOCUMENT_MAX (32u * 1024 * 1024)
#define EONAY_DOCUMENTS_SUM_MAX (32u * 1024 * 1024)

/** Bytes of a text, and of all texts of a transaction together. */
#define EONAY_DOCUMENT_TEXT_MAX (512u * 1024)
#define EONAY_DOCUMENT_TEXTS_SUM_MAX (1024u * 1024)

/** Lines of a text, and bytes of one line, between two line ends. */
#define EONAY_DOCUMENT_LINES_MAX 16384u
#define EONAY_DOCUMENT_LINE_MAX 4096u

/** Bytes without a possible line break: a word, or consecutive blanks. */
#define EONAY_DOCUMENT_RUN_MAX 256u

/** Consecutive characters of the class %EONAY_TEXT_CLASS_STACKED. */
#define EONAY_DOCUMENT_MARKS_MAX 8u
