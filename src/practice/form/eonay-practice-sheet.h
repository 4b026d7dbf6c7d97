#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EonayPracticeSheetHead: what stands at the head and foot of each page.
 *
 * @title: of the form, in capitals
 * @code: of the form: "FORM-001-027"
 * @number: of the application; printable ASCII, is the barcode, too
 * @created_at: when it was made
 */
typedef struct {
  const char *title;
  const char *code;
  const char *number;
  GDateTime *created_at;
} EonayPracticeSheetHead;

/**
 * EonayPracticeSheetField: a labelled box of a row.
 *
 * @share: of the row's width; those of a row add up to 12
 * @value: (nullable): %NULL leaves the box empty
 */
typedef struct {
  guint share;
  const char *label;
  const char *value;
} EonayPracticeSheetField;

/**
 * EonayPracticeSheet: a form on A4 pages as a PDF, laid out from top to bottom; what does not fit
 * begins a new page. "DENEME" stands across each page. Fonts are embedded.
 */
typedef struct _EonayPracticeSheet EonayPracticeSheet;

/**
 * eonay_practice_sheet_new:
 * @head: must outlive the sheet
 * @n_pages: to be printed in "Sayfa 1 / n_pages"
 *
 * Returns: (transfer full): %NULL with %G_IO_ERROR_NOT_FOUND on a computer without fonts
 */
EonayPracticeSheet *eonay_practice_sheet_new (const EonayPracticeSheetHead *head, guint n_pages,
                                              GError **error);
void eonay_practice_sheet_free (EonayPracticeSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPracticeSheet, eonay_practice_sheet_free)

/** A bar with the title of what follows. */
void eonay_practice_sheet_add_section (EonayPracticeSheet *self, const char *title);

/** A row of boxes. */
void eonay_practice_sheet_add_fields (EonayPracticeSheet *self,
                                      const EonayPracticeSheetField *fields, gsize n_fields);

/** A row of boxes to be ticked; number @chosen is. @choices: (array zero-terminated=1) */
void eonay_practice_sheet_add_choices (EonayPracticeSheet *self, const char *label,
                                       const char *const *choices, guint chosen);

/** @mark: (nullable): what stands before it, as "1." */
void eonay_practice_sheet_add_paragraph (EonayPracticeSheet *self, const char *mark,
                                         const char *text);

/** The place for a signature, whole on one page; @name stands where the signer is named. */
void eonay_practice_sheet_add_signature (EonayPracticeSheet *self, const char *name,
                                         const char *note);

/**
 * eonay_practice_sheet_finish:
 * @n_pages: (out): how many there are
 *
 * Nothing may be added any more.
 *
 * Returns: (transfer full): the PDF; %NULL with a %G_IO_ERROR if cairo failed
 */
GBytes *eonay_practice_sheet_finish (EonayPracticeSheet *self, guint *n_pages, GError **error);

G_END_DECLS
