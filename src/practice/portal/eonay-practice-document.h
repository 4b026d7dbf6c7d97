#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "practice/portal/eonay-practice-fault.h"

G_BEGIN_DECLS

/**
 * EonayPracticeDocument: one document of a transaction.
 *
 * @id: from "1" on
 * @label: for people, Turkish
 * @is_pdf: signed by PAdES; else a text, signed by CAdES with it inside
 * @signature: (nullable): once accepted: the signed PDF, or DER
 */
typedef struct {
  char *id;
  const char *label;
  gboolean is_pdf;
  GBytes *content;
  GBytes *signature;
} EonayPracticeDocument;

/**
 * EonayPracticeDocumentFacts: what documents are made of.
 *
 * @operation: a word of the protocol
 * @transaction: its id
 * @signer_hint: (nullable): whose form it is
 * @security_word: (nullable): for an application
 */
typedef struct {
  const char *operation;
  const char *transaction;
  const char *signer_hint;
  const char *security_word;
  GDateTime *created_at;
  EonayPracticeFault fault;
} EonayPracticeDocumentFacts;

/**
 * Returns: (transfer full) (nullable) (element-type EonayPracticeDocument): %NULL if the operation has
 *   none that the practice portal can make; with an @error only if one could not be drawn
 */
GPtrArray *eonay_practice_document_list_new (const EonayPracticeDocumentFacts *facts,
                                             GError **error);
void eonay_practice_document_free (EonayPracticeDocument *self);

/** Returns: (transfer none): of the protocol */
const char *eonay_practice_document_get_media_type (EonayPracticeDocument *self);

/** Adds the document as the protocol announces it, with the faults that affect this. */
void eonay_practice_document_describe (EonayPracticeDocument *self, EonayPracticeFault fault,
                                       JsonBuilder *builder);

G_END_DECLS
