#pragma once

#include "portal/eonay-portal-profile.h"
#include "portal/eonay-transaction.h"
#include "signature/certificate/eonay-certificate.h"

G_BEGIN_DECLS

/** What is known to have become of a signature. */
typedef enum {
  EONAY_HISTORY_BEGUN,            /* the card is about to be asked, or at work */
  EONAY_HISTORY_SIGNED,           /* a signature exists and is on its way */
  EONAY_HISTORY_DELIVERED,        /* the portal has taken it */
  EONAY_HISTORY_REFUSED,          /* the portal has refused it */
  EONAY_HISTORY_UNDELIVERED,      /* a signature exists; the portal is not known to have it */
  EONAY_HISTORY_UNSENT,           /* a signature exists; sending it was never begun */
  EONAY_HISTORY_FAILED,           /* the card has certainly not signed */
  EONAY_HISTORY_UNFINISHED,       /* the card may have signed, but nothing came out to be sent */
  EONAY_HISTORY_UNKNOWN,          /* begun, and the program was ended: never stored */
  EONAY_HISTORY_DELIVERY_UNKNOWN, /* signed, and the program was ended: never stored */
} EonayHistoryOutcome;

#define EONAY_HISTORY_N_OUTCOMES (EONAY_HISTORY_DELIVERY_UNKNOWN + 1)

/**
 * EonayHistoryEntry: one document that was signed, or was to be. Immutable once made: its fields
 * are only read, from any thread. T.C. Kimlik Nos are masked in whatever a portal or certificate
 * has worded, and numbers of as many digits as a verification code, also in groups, are blanked in
 * @label, @text and @receipt; the PIN never comes near it.
 *
 * @batch: the same for the documents that were signed with one PIN
 * @document, @n_documents: which of the batch, from 0
 * @run: of the program that wrote it; 0 before it is written
 * @signed_at: seconds since 1970
 * @operation: a word of the protocol
 * @digest: SHA-256 of the document, lower-case hexadecimal
 * @serial: of the certificate, lower-case hexadecimal
 * @code: (nullable): short code of what went wrong, "AG-02"
 * @receipt: (nullable): the portal's
 * @text: (nullable): what was signed, only where the person has chosen to keep it
 */
#define EONAY_TYPE_HISTORY_ENTRY (eonay_history_entry_get_type ())
G_DECLARE_FINAL_TYPE (EonayHistoryEntry, eonay_history_entry, EONAY, HISTORY_ENTRY, GObject)

struct _EonayHistoryEntry {
  GObject parent_instance;

  char *batch;
  guint document;
  guint n_documents;
  gint64 run;
  gint64 signed_at;
  char *portal_id;
  char *portal_name;
  char *operation;
  char *label;
  char *digest;
  char *serial;
  char *issuer;
  EonayHistoryOutcome outcome;
  char *code;
  char *receipt;
  char *text;
};

/**
 * eonay_history_entry_new_batch:
 * @certificate: (nullable): which is to sign
 * @signed_at: the claimed time
 * @keeps_text: whether the texts go with it
 *
 * Returns: (transfer full) (element-type EonayHistoryEntry): an entry a document, begun
 */
GPtrArray *eonay_history_entry_new_batch (EonayPortalProfile *profile,
                                          EonayTransaction *transaction,
                                          EonayCertificate *certificate, GDateTime *signed_at,
                                          gboolean keeps_text);

/**
 * @code: (nullable):
 * @receipt: (nullable):
 *
 * Returns: (transfer full) (element-type EonayHistoryEntry): @batch, ended so
 */
GPtrArray *eonay_history_entry_end_batch (GPtrArray *batch, EonayHistoryOutcome outcome,
                                          const char *code, const char *receipt);

/** Returns: (transfer none): the word that is stored: "delivered" */
const char *eonay_history_outcome_to_word (EonayHistoryOutcome outcome);

/** Returns: whether @word is that of a stored outcome; @outcome is set then */
gboolean eonay_history_outcome_from_word (const char *word, EonayHistoryOutcome *outcome);

/** Returns: (transfer none): in the person's language: "Signed and delivered" */
const char *eonay_history_outcome_describe (EonayHistoryOutcome outcome);

/** Returns: (transfer none): in the person's language; the word itself if it is not known */
const char *eonay_history_entry_describe_operation (EonayHistoryEntry *self);

/** Returns: (transfer full): the label, and which one it is where there are several */
char *eonay_history_entry_describe_document (EonayHistoryEntry *self);

/** Returns: (transfer full): "25.12.2019 14:27:02", in local time */
char *eonay_history_entry_describe_time (EonayHistoryEntry *self);

/**
 * Returns: (transfer full): @text as it is searched: without case, and without the difference
 *   between the Turkish i's, for which a keyboard of another language has no keys
 */
char *eonay_history_fold (const char *text);

/**
 * @needle: of eonay_history_fold()
 *
 * Returns: whether a part of what is shown of @self reads @needle
 */
gboolean eonay_history_entry_matches (EonayHistoryEntry *self, const char *needle);

G_END_DECLS
