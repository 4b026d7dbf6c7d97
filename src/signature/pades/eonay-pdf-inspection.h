#pragma once

#include <gio/gio.h>

#include "base/host/eonay-sealed-memory.h"
#include "signature/pades/eonay-pdf-box.h"
#include "signature/pades/eonay-pdf-finding.h"
#include "signature/pades/eonay-pdf-lock.h"
#include "signature/pades/eonay-pdf-plan.h"

G_BEGIN_DECLS

/**
 * EonayPdfInspection: what is known of a PDF before it is signed: pages, what it has that does or
 * hides something, its signatures, and whether another one can be added. Immutable; any thread.
 *
 * It is made by the program eonay-pdf-inspector (pades/host), which sees the bytes as sealed memory
 * and nothing else: no file, no network, 768 MiB of address space, the document with it, 20 seconds.
 * That program may have been taken over by the document: every number and text of its report is
 * checked, but it may lie within what a report can say.
 */
#define EONAY_TYPE_PDF_INSPECTION (eonay_pdf_inspection_get_type ())
G_DECLARE_FINAL_TYPE (EonayPdfInspection, eonay_pdf_inspection, EONAY, PDF_INSPECTION, GObject)

/** The longest PDF, in bytes, that is inspected and signed. */
#define EONAY_PDF_INSPECTION_MAX (256u * 1024 * 1024)

/** The longest update of one, in bytes. */
#define EONAY_PDF_UPDATE_MAX (16u * 1024 * 1024)

/**
 * EonayPdfSignature: a signature that is there. Whether it is valid is not known here.
 *
 * @field: full name of its field, as it is; @label: as a line that can be shown
 * @page: of its widget, from 1 on; 0 for none
 * @covered: it is over the file up to here, its own digits excepted; 0 if its range is none
 * @permissions: what it, as a certification, still allows (DocMDP): 0 for no certification, 1
 *   nothing, 2 filling forms and signing, 3 annotations, too
 * @lock, @locked: the fields that it locks
 * @lock_permissions: what its lock still allows, likewise
 */
typedef struct {
  char *field;
  char *label;
  guint page;
  gsize covered;
  guint permissions;
  EonayPdfLock lock;
  char **locked;
  guint lock_permissions;
} EonayPdfSignature;

/**
 * EonayPdfField: a signature field without a signature.
 *
 * @name: full name, as it is; @label: as a line that can be shown
 * @page: of its widget, from 1 on; 0 for none
 * @box: on that page; without an area it is invisible
 * @is_unusable: demands a kind of signature that is not made here, or cannot be written anew
 * @lock, @locked, @lock_permissions: what a signature in it will lock
 * @object, @widget: (nullable @widget): see #EonayPdfUpdateOptions
 */
typedef struct {
  char *name;
  char *label;
  guint page;
  EonayPdfBox box;
  gboolean is_unusable;
  EonayPdfLock lock;
  char **locked;
  guint lock_permissions;
  EonayPdfObject *object;
  EonayPdfObject *widget;
} EonayPdfField;

/**
 * eonay_pdf_inspection_new: blocks while the inspector runs; not for the main thread
 * @pdf: kept
 *
 * Returns: (transfer full): also for what cannot be signed; %NULL with
 *   %EONAY_SIGNATURE_ERROR_PDF_TOO_LARGE, _FAILED (there is no memory), or an error of
 *   eonay_pdf_host_ask(); %EONAY_SIGNATURE_ERROR_PDF_CRASHED also for a report that makes no sense
 */
EonayPdfInspection *eonay_pdf_inspection_new (GBytes *pdf, GCancellable *cancellable,
                                              GError **error);
void eonay_pdf_inspection_new_async (GBytes *pdf, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
EonayPdfInspection *eonay_pdf_inspection_new_finish (GAsyncResult *result, GError **error);

/**
 * eonay_pdf_inspection_new_for_page: as eonay_pdf_inspection_new()
 * @page: on which a new field is to be, from 1 on; that is page 1 otherwise
 */
EonayPdfInspection *eonay_pdf_inspection_new_for_page (GBytes *pdf, guint page,
                                                       GCancellable *cancellable, GError **error);

/**
 * eonay_pdf_inspection_new_of_update: as eonay_pdf_inspection_new(), of what @pdf has become
 * @updated: @pdf and, right after it, an update
 */
EonayPdfInspection *eonay_pdf_inspection_new_of_update (GBytes *pdf, EonaySealedMemory *updated,
                                                        GError **error);

/**
 * eonay_pdf_inspection_new_from_report:
 * @report: of the type %EONAY_PDF_REPORT_TYPE, in normal form
 *
 * Returns: (transfer full): %NULL with %EONAY_SIGNATURE_ERROR_PDF_CRASHED if it makes no sense
 */
EonayPdfInspection *eonay_pdf_inspection_new_from_report (GBytes *pdf, GVariant *report,
                                                          GError **error);

/** Returns: (transfer none): the bytes that were inspected, without an update */
GBytes *eonay_pdf_inspection_get_pdf (EonayPdfInspection *self);

/**
 * eonay_pdf_inspection_check_readable: whether the file is whole and not encrypted
 *
 * Returns: %FALSE with %EONAY_SIGNATURE_ERROR_PDF_MALFORMED, _DAMAGED, _ENCRYPTED or _TOO_COMPLEX; then
 *   nothing else is known of it
 */
gboolean eonay_pdf_inspection_check_readable (EonayPdfInspection *self, GError **error);

/**
 * eonay_pdf_inspection_check_signable: whether a signature can be added, in a new field or in one that
 *   is there
 *
 * Returns: %FALSE with an error of eonay_pdf_inspection_check_readable(), or with
 *   %EONAY_SIGNATURE_ERROR_PDF_CERTIFIED or _LOCKED
 */
gboolean eonay_pdf_inspection_check_signable (EonayPdfInspection *self, GError **error);

/**
 * eonay_pdf_inspection_may_add_field: whether a signature field may be added: a certification
 *   allows existing ones only to be filled, and a lock may cover the new name
 *
 * Returns: %FALSE with an error of eonay_pdf_inspection_check_signable()
 */
gboolean eonay_pdf_inspection_may_add_field (EonayPdfInspection *self, GError **error);

/** Returns: (transfer none): an empty field that may be signed; %NULL with
 *   %EONAY_SIGNATURE_ERROR_PDF_FIELD if there is none of that name, or _CERTIFIED or _LOCKED */
const EonayPdfField *eonay_pdf_inspection_find_field (EonayPdfInspection *self, const char *name,
                                                      GError **error);

/** Returns: whether a mark in @field can be seen on a page */
gboolean eonay_pdf_inspection_is_field_seen (const EonayPdfField *field);

/**
 * eonay_pdf_inspection_choose_field: which field is signed; the only place that knows
 * @name: (nullable): of the empty one that is wanted; else it is a new one, or, where none may be added, the
 *   first empty one that is seen, or the first at all
 * @field: (out) (transfer none) (nullable): %NULL for a new one
 *
 * Returns: %FALSE with an error of eonay_pdf_inspection_check_signable() or
 *   eonay_pdf_inspection_find_field()
 */
gboolean eonay_pdf_inspection_choose_field (EonayPdfInspection *self, const char *name,
                                            const EonayPdfField **field, GError **error);

guint eonay_pdf_inspection_get_n_pages (EonayPdfInspection *self);

/** @page: from 1 on. Returns: (transfer none): the part of the page that is shown */
const EonayPdfBox *eonay_pdf_inspection_get_page (EonayPdfInspection *self, guint page);

/** Returns: (transfer none) (array length=n_findings): sorted by kind, then page */
const EonayPdfFinding *eonay_pdf_inspection_get_findings (EonayPdfInspection *self,
                                                          guint *n_findings);

/** Returns: how often @kind was found in the whole document */
guint eonay_pdf_inspection_count (EonayPdfInspection *self, EonayPdfFindingKind kind);

/** Returns: (transfer none) (array length=n_signatures) */
const EonayPdfSignature *eonay_pdf_inspection_get_signatures (EonayPdfInspection *self,
                                                              guint *n_signatures);

/** Returns: (transfer none) (array length=n_fields) */
const EonayPdfField *eonay_pdf_inspection_get_empty_fields (EonayPdfInspection *self,
                                                            guint *n_fields);

/** Returns: (transfer none) (nullable): %NULL if the file is not readable */
const EonayPdfPlan *eonay_pdf_inspection_get_plan (EonayPdfInspection *self);

G_END_DECLS
