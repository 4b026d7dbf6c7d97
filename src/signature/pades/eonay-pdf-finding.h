#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayPdfFindingKind: what a PDF has that does something, hides something, or may look different
 * elsewhere or later. A finding is no proof of harm, and no finding no proof of its absence.
 */
typedef enum {
  EONAY_PDF_FINDING_JAVASCRIPT,
  EONAY_PDF_FINDING_OPEN_ACTION, /* done when the document is opened; not a mere place to go to */
  EONAY_PDF_FINDING_ADDITIONAL_ACTION, /* /AA: done on an event */
  EONAY_PDF_FINDING_LAUNCH,            /* starts a program or opens a file */
  EONAY_PDF_FINDING_SUBMIT_FORM,
  EONAY_PDF_FINDING_IMPORT_DATA,
  EONAY_PDF_FINDING_OTHER_DOCUMENT, /* goes to another document, or to an embedded one */
  EONAY_PDF_FINDING_HIDE_ACTION,    /* hides or shows annotations or optional content */
  EONAY_PDF_FINDING_MULTIMEDIA,     /* sound, film, rendition, rich media, 3D */
  EONAY_PDF_FINDING_OTHER_ACTION,   /* another kind than these, GoTo, URI and Named */
  EONAY_PDF_FINDING_LINK,           /* a URI: harmless until it is followed */
  EONAY_PDF_FINDING_EMBEDDED_FILE,
  EONAY_PDF_FINDING_XFA, /* a second form, which other programs show instead of the pages */
  EONAY_PDF_FINDING_EXTERNAL_STREAM,   /* content that lies in another file */
  EONAY_PDF_FINDING_REFERENCE_XOBJECT, /* a page of another file */
  EONAY_PDF_FINDING_ALTERNATE_IMAGE,   /* another image for printing */
  EONAY_PDF_FINDING_OPTIONAL_CONTENT,  /* layers that can be shown and hidden */
  EONAY_PDF_FINDING_CONTENT_STATE,     /* a layer that differs between screen and print */
  EONAY_PDF_FINDING_HIDDEN_ANNOTATION,
  EONAY_PDF_FINDING_NO_VIEW_ANNOTATION,  /* is printed, and not on screen */
  EONAY_PDF_FINDING_NO_PRINT_ANNOTATION, /* is on screen, and not printed */
  EONAY_PDF_FINDING_COVERING_ANNOTATION, /* is drawn over the page, and can be removed or moved */
  EONAY_PDF_FINDING_NO_APPEARANCE,       /* an annotation that each program draws as it likes */
  EONAY_PDF_FINDING_NEEDS_APPEARANCES,   /* a form whose fields are drawn anew when it is opened */
  EONAY_PDF_FINDING_UNREFERENCED_FIELD,  /* a field of a page that the form does not know */
  EONAY_PDF_FINDING_VALUE_DIFFERS,       /* a field whose value is not what it shows */
  EONAY_PDF_FINDING_FORM_FIELD,          /* can be filled, if no signature forbids it */
  EONAY_PDF_FINDING_UNUSED_PAGE,         /* a page or a catalog that nothing refers to */
  EONAY_PDF_FINDING_OVERRIDDEN,          /* a page changed after an earlier signature */
  EONAY_PDF_FINDING_BAD_SIGNATURE,       /* an earlier signature whose range is none */
  EONAY_PDF_FINDING_USAGE_RIGHTS,        /* rights that Adobe Reader gives it until it is changed */
  EONAY_PDF_N_FINDINGS,
} EonayPdfFindingKind;

/**
 * EonayPdfFinding:
 *
 * @page: from 1 on; 0 for the document
 * @count: how often, at least once
 */
typedef struct {
  EonayPdfFindingKind kind;
  guint page;
  guint count;
} EonayPdfFinding;

G_END_DECLS
