#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** The PDFs of a practice application (E-imzalı Başvuru). */
typedef enum {
  EONAY_PRACTICE_FORM_APPLICATION, /* the application, like FORM-001-027 */
  EONAY_PRACTICE_FORM_UNDERTAKING, /* the holder's undertaking, like FORM-001-042 */
} EonayPracticeFormKind;

/**
 * EonayPracticeFormFacts: what differs between two practice applications.
 *
 * @transaction: its id; the application's number comes of it
 * @national_id: (nullable): of the applicant; %NULL for that of the practice cards' holder
 * @security_word: (nullable): only its first and last character are printed; %NULL for that of the
 *   practice
 */
typedef struct {
  const char *transaction;
  const char *national_id;
  const char *security_word;
  GDateTime *created_at;
} EonayPracticeFormFacts;

/**
 * eonay_practice_form_new:
 *
 * All else of it is the same for every application. The text is Turkish, as a portal's.
 *
 * Returns: (transfer full): PDF 1.4, A4, two pages; %NULL with a %G_IO_ERROR
 */
GBytes *eonay_practice_form_new (EonayPracticeFormKind kind, const EonayPracticeFormFacts *facts,
                                 GError **error);

/** Returns: (transfer full): "G••••••Z", as many characters as @word; "" for "" */
char *eonay_practice_form_mask (const char *word);

G_END_DECLS
