#pragma once

#include "portal/eonay-portal-profile.h"
#include "portal/eonay-transaction.h"
#include "signature/certificate/eonay-certificate.h"

G_BEGIN_DECLS

/** The known outcome of a signature. */
typedef enum {
  EONAY_HISTORY_BEGUN,            /* the card is about to sign, or signing */
  EONAY_HISTORY_SIGNED,           /* a signature exists and is being submitted */
  EONAY_HISTORY_DELIVERED,        /* the portal accepted it */
  EONAY_HISTORY_REFUSED,          /* the portal refused it */
  EONAY_HISTORY_UNDELIVERED,      /* a signature exists; the portal is not known to have it */
  EONAY_HISTORY_UNSENT,           /* a signature exists; it was never submitted */
  EONAY_HISTORY_FAILED,           /* the card has definitely not signed */
  EONAY_HISTORY_UNFINISHED,       /* the card may have signed, but returned no signature */
  EONAY_HISTORY_SAVED,            /* the signed file is on the disk */
  EONAY_HISTORY_UNSAVED,          /* a signature existed; no file could be written */
  EONAY_HISTORY_UNKNOWN,          /* begun, and the program was ended: never stored */
  EONAY_HISTORY_DELIVERY_UNKNOWN, /* signed, and the program was ended: never stored */
} EonayHistoryOutcome;

/** The operation of a person's own file. */
#define EONAY_HISTORY_OWN_FILE "own-file"

#define EONAY_HISTORY_N_OUTCOMES (EONAY_HISTORY_DELIVERY_UNKNOWN + 1)

/**
 * EonayHistoryEntry: one document that was signed, or was to be. Immutable: its fields may be read
 * from any thread. T.C. Kimlik Nos are masked in all texts of a portal or certificate, and numbers
 * of as many digits as a verification code, also in groups, are blanked in @label, @text and
 * @receipt; it never contains a PIN.
 *
 * @batch: the same for documents signed with one PIN
 * @document, @n_documents: which of the batch, from 0
 * @run: of the program that wrote it; 0 before it is written
 * @signed_at: seconds since 1970
 * @portal_id, @portal_name: "" for the person's own file
 * @operation: a word of the protocol, or %EONAY_HISTORY_OWN_FILE
 * @digest: SHA-256 of the document, lower-case hexadecimal
 * @serial: of the certificate, lower-case hexadecimal
 * @code: (nullable): short code of the error, "AG-02"
 * @receipt: (nullable): the portal's
 * @text: (nullable): the signed text, only if the person has chosen to keep it
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
 * @certificate: (nullable): the signer's
 * @signed_at: the claimed time
 * @keeps_text: whether to keep the texts
 *
 * Returns: (transfer full) (element-type EonayHistoryEntry): one entry per document, BEGUN
 */
GPtrArray *eonay_history_entry_new_batch (EonayPortalProfile *profile,
                                          EonayTransaction *transaction,
                                          EonayCertificate *certificate, GDateTime *signed_at,
                                          gboolean keeps_text);

/**
 * eonay_history_entry_new_own_batch:
 * @labels: (element-type utf8): names of files
 * @digests: (element-type GBytes): their SHA-256, in the same order
 *
 * Returns: (transfer full) (element-type EonayHistoryEntry): one entry per file, BEGUN
 */
GPtrArray *eonay_history_entry_new_own_batch (GPtrArray *labels, GPtrArray *digests,
                                              EonayCertificate *certificate, GDateTime *signed_at);

/**
 * @code: (nullable):
 *
 * Returns: (transfer full): @self with that outcome
 */
EonayHistoryEntry *eonay_history_entry_end (EonayHistoryEntry *self, EonayHistoryOutcome outcome,
                                            const char *code);

/**
 * @code: (nullable):
 * @receipt: (nullable):
 *
 * Returns: (transfer full) (element-type EonayHistoryEntry): @batch with that outcome
 */
GPtrArray *eonay_history_entry_end_batch (GPtrArray *batch, EonayHistoryOutcome outcome,
                                          const char *code, const char *receipt);

/** Returns: (transfer none): the stored word: "delivered" */
const char *eonay_history_outcome_to_word (EonayHistoryOutcome outcome);

/** Returns: whether @word is that of a stored outcome; @outcome is set then */
gboolean eonay_history_outcome_from_word (const char *word, EonayHistoryOutcome *outcome);

/** Returns: (transfer none): in the person's language: "Signed and delivered" */
const char *eonay_history_outcome_describe (EonayHistoryOutcome outcome);

/** Returns: (transfer none): in the person's language; an unknown word unchanged */
const char *eonay_history_entry_describe_operation (EonayHistoryEntry *self);

/** Returns: (transfer full): the label, with its number if there are several */
char *eonay_history_entry_describe_document (EonayHistoryEntry *self);

/** Returns: (transfer full): "25.12.2019 14:27:02", in local time */
char *eonay_history_entry_describe_time (EonayHistoryEntry *self);

/**
 * Returns: (transfer full): @text folded for searching: without case, and without the difference
 *   between the Turkish i's, which other keyboards lack
 */
char *eonay_history_fold (const char *text);

/**
 * @needle: of eonay_history_fold()
 *
 * Returns: whether a shown text of @self contains @needle
 */
gboolean eonay_history_entry_matches (EonayHistoryEntry *self, const char *needle);

G_END_DECLS
