#pragma once

#include "signature/pades/eonay-pdf-appearance.h"
#include "signature/pades/eonay-pdf-box.h"
#include "signature/pades/eonay-pdf-lock.h"
#include "signature/pades/eonay-pdf-plan.h"

G_BEGIN_DECLS

/**
 * EonayPdfUpdate: an incremental update (ISO 32000-1, clause 7.5.6) with a signature dictionary that
 * waits for its signature (clause 12.8; ETSI EN 319 142-1, clause 5). The file is the original bytes
 * and, right after them, @section.
 *
 * What is signed (/ByteRange) is all of the file but the @gap_length bytes at @gap: "<", the hexadecimal digits
 * of the signature, filled up with "0", and ">".
 *
 * @gap: from the beginning of the file
 */
typedef struct {
  GBytes *section;
  gsize gap;
  gsize gap_length;
} EonayPdfUpdate;

/**
 * EonayPdfUpdateOptions:
 *
 * @field: (nullable): an empty signature field that is filled; %NULL for a new one
 * @widget: (nullable): its widget, if that is another object
 * @lock, @locked: what that field locks
 * @field_name: (nullable): of a new field; %NULL for a name that is not in use
 * @time: when it is signed, as the signer's clock says
 * @name, @reason, @location: (nullable): of the signer, in UTF-8
 * @box: of a new field, or of the one that is filled; without an area it is invisible. Its rotation is
 *   that of the page, against which the appearance is turned
 * @appearance: (nullable): what it shows, numbered from eonay_pdf_update_get_appearance_id() on; %NULL for
 *   nothing
 * @reserved: bytes for the signature
 */
typedef struct {
  const EonayPdfObject *field;
  const EonayPdfObject *widget;
  EonayPdfLock lock;
  const char *const *locked;
  const char *field_name;
  GDateTime *time;
  const char *name;
  const char *reason;
  const char *location;
  EonayPdfBox box;
  const EonayPdfAppearance *appearance;
  gsize reserved;
} EonayPdfUpdateOptions;

/** Returns: the number that the first object of an appearance has to have */
guint eonay_pdf_update_get_appearance_id (const EonayPdfPlan *plan);

/**
 * eonay_pdf_update_new:
 * @length: of the original, in bytes
 *
 * Returns: (transfer full) (nullable): %NULL if two objects of the plan are the same
 */
EonayPdfUpdate *eonay_pdf_update_new (gsize length, const EonayPdfPlan *plan,
                                      const EonayPdfUpdateOptions *options);
void eonay_pdf_update_free (EonayPdfUpdate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPdfUpdate, eonay_pdf_update_free)

G_END_DECLS
