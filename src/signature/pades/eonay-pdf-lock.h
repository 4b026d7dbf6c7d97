#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EonayPdfLock: which fields of a form a signature locks (ISO 32000-1, tables 233 and 256). */
typedef enum {
  EONAY_PDF_LOCK_NONE,
  EONAY_PDF_LOCK_ALL,
  EONAY_PDF_LOCK_INCLUDE, /* those named, and what lies below them */
  EONAY_PDF_LOCK_EXCLUDE, /* all but those */
} EonayPdfLock;

/** @name: (nullable): of the action. Returns: _ALL also for an action that is not known */
EonayPdfLock eonay_pdf_lock_read_action (const char *name);

/** Returns: (nullable): the action's name */
const char *eonay_pdf_lock_get_action (EonayPdfLock lock);

/** Returns: whether the field @name may not be changed any more. @names: those that the lock names */
gboolean eonay_pdf_lock_covers (EonayPdfLock lock, const char *const *names, const char *name);

G_END_DECLS
