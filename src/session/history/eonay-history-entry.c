#include "session/history/eonay-history-entry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "session/eonay-code.h"
#include "session/eonay-text-inspection.h"
#include "session/eonay-words.h"

#define DIGITS "0123456789"

G_DEFINE_FINAL_TYPE (EonayHistoryEntry, eonay_history_entry, G_TYPE_OBJECT)

static const struct {
  const char *word;
  const char *description;
} outcomes[EONAY_HISTORY_N_OUTCOMES] = {
  [EONAY_HISTORY_BEGUN] = { "begun", N_ ("Being signed") },
  [EONAY_HISTORY_SIGNED] = { "signed", N_ ("Signed, being sent") },
  [EONAY_HISTORY_DELIVERED] = { "delivered", N_ ("Signed and delivered") },
  [EONAY_HISTORY_REFUSED] = { "refused", N_ ("Signed, refused by the portal") },
  [EONAY_HISTORY_UNDELIVERED] = { "undelivered", N_ ("Signed, but not confirmed by the portal") },
  [EONAY_HISTORY_UNSENT] = { "unsent", N_ ("Signed, not sent to the portal") },
  [EONAY_HISTORY_FAILED] = { "failed", N_ ("No signature was made") },
  [EONAY_HISTORY_UNFINISHED] = { "unfinished", N_ ("Not completed, no signature was sent") },
  [EONAY_HISTORY_SAVED] = { "saved", N_ ("Signed and saved") },
  [EONAY_HISTORY_UNSAVED] = { "unsaved", N_ ("Signed, but not saved") },
  [EONAY_HISTORY_UNKNOWN] = { NULL, N_ ("Outcome unknown") },
  [EONAY_HISTORY_DELIVERY_UNKNOWN] = { NULL, N_ ("Signed, delivery unknown") },
};

static void
eonay_history_entry_finalize (GObject *object)
{
  EonayHistoryEntry *self = EONAY_HISTORY_ENTRY (object);
  char **fields[] = { &self->batch, &self->portal_id, &self->portal_name, &self->operation,
                      &self->label, &self->digest,    &self->serial,      &self->issuer,
                      &self->code,  &self->receipt,   &self->text };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    g_clear_pointer (fields[i], g_free);

  G_OBJECT_CLASS (eonay_history_entry_parent_class)->finalize (object);
}

static void
eonay_history_entry_class_init (EonayHistoryEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_history_entry_finalize;
}

static void
eonay_history_entry_init (EonayHistoryEntry *self)
{
}

/** Returns: the length in bytes of the separator of groups (space or dash) at @text; or 0 */
static gsize
measure_gap (const char *text)
{
  gunichar character = g_utf8_get_char (text);
  gboolean gap = g_unichar_isspace (character) ||
                 g_unichar_type (character) == G_UNICODE_DASH_PUNCTUATION;

  return gap ? (gsize) (g_utf8_next_char (text) - text) : 0;
}

/** Blanks the groups of digits at @text if they form a code. Returns: where to continue */
static char *
blank_code (char *text)
{
  gsize group = strspn (text, DIGITS);
  char *next = text + MAX (group, 1);
  char *end = text + group;
  gsize digits = group;

  while (group > 0 && digits < EONAY_CODE_LENGTH)
    {
      end += measure_gap (end);
      group = strspn (end, DIGITS);
      digits += group;
      end += group;
    }
  if (digits != EONAY_CODE_LENGTH)
    return next;

  for (char *at = text; at < end; at++)
    if (g_ascii_isdigit (*at))
      *at = '*';

  return end;
}

/* A portal may have put the code into the document, or into its answer. */
static char *
mask_code_too (const char *text)
{
  g_autofree char *masked = g_utf8_make_valid (text != NULL ? text : "", -1);

  for (char *at = masked; *at != '\0';)
    at = blank_code (at);

  return eonay_words_mask (masked);
}

static char *
keep_text (EonayDocument *document)
{
  GBytes *content = eonay_document_get_content (document);
  g_autofree char *text = NULL;

  if (content == NULL ||
      !eonay_text_inspection_is_showable (eonay_document_get_media_type (document)))
    return NULL;

  text = g_strndup (g_bytes_get_data (content, NULL), g_bytes_get_size (content));

  return mask_code_too (text);
}

static EonayHistoryEntry *
new_entry (const char *batch, guint document, guint n_documents, EonayCertificate *certificate,
           GDateTime *signed_at)
{
  EonayHistoryEntry *entry = g_object_new (EONAY_TYPE_HISTORY_ENTRY, NULL);

  entry->batch = g_strdup (batch);
  entry->document = document;
  entry->n_documents = n_documents;
  entry->signed_at = g_date_time_to_unix (signed_at);
  entry->serial = g_strdup (certificate != NULL ? eonay_certificate_get_serial (certificate) : "");
  entry->issuer = eonay_words_mask (certificate != NULL ? eonay_certificate_get_issuer (certificate)
                                                        : NULL);

  return entry;
}

GPtrArray *
eonay_history_entry_new_own_batch (GPtrArray *labels, GPtrArray *digests,
                                   EonayCertificate *certificate, GDateTime *signed_at)
{
  GPtrArray *batch = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *name = g_uuid_string_random ();

  for (guint i = 0; i < labels->len; i++)
    {
      EonayHistoryEntry *entry = new_entry (name, i, labels->len, certificate, signed_at);

      entry->portal_id = g_strdup ("");
      entry->portal_name = g_strdup ("");
      entry->operation = g_strdup (EONAY_HISTORY_OWN_FILE);
      entry->label = mask_code_too (labels->pdata[i]);
      entry->digest = eonay_words_hexadecimal (digests->pdata[i]);
      g_ptr_array_add (batch, entry);
    }

  return batch;
}

GPtrArray *
eonay_history_entry_new_batch (EonayPortalProfile *profile, EonayTransaction *transaction,
                               EonayCertificate *certificate, GDateTime *signed_at,
                               gboolean keeps_text)
{
  GPtrArray *batch = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *name = g_uuid_string_random ();
  GListModel *documents = eonay_transaction_get_documents (transaction);
  guint n_documents = g_list_model_get_n_items (documents);

  for (guint i = 0; i < n_documents; i++)
    {
      g_autoptr (EonayDocument) document = g_list_model_get_item (documents, i);
      EonayHistoryEntry *entry = new_entry (name, i, n_documents, certificate, signed_at);

      entry->portal_id = g_strdup (eonay_portal_profile_get_id (profile));
      entry->portal_name = eonay_words_mask (eonay_portal_profile_get_name (profile));
      entry->operation = g_strdup (
          eonay_transaction_operation_to_word (eonay_transaction_get_operation (transaction)));
      entry->label = mask_code_too (eonay_document_get_label (document));
      entry->digest = eonay_words_hexadecimal (eonay_document_get_digest (document));
      entry->text = keeps_text ? keep_text (document) : NULL;
      g_ptr_array_add (batch, entry);
    }

  return batch;
}

static EonayHistoryEntry *
end (EonayHistoryEntry *begun, EonayHistoryOutcome outcome, const char *code, const char *receipt)
{
  EonayHistoryEntry *entry = g_object_new (EONAY_TYPE_HISTORY_ENTRY, NULL);

  entry->batch = g_strdup (begun->batch);
  entry->document = begun->document;
  entry->n_documents = begun->n_documents;
  entry->run = begun->run;
  entry->signed_at = begun->signed_at;
  entry->portal_id = g_strdup (begun->portal_id);
  entry->portal_name = g_strdup (begun->portal_name);
  entry->operation = g_strdup (begun->operation);
  entry->label = g_strdup (begun->label);
  entry->digest = g_strdup (begun->digest);
  entry->serial = g_strdup (begun->serial);
  entry->issuer = g_strdup (begun->issuer);
  entry->text = g_strdup (begun->text);
  entry->outcome = outcome;
  entry->code = g_strdup (code);
  entry->receipt = receipt != NULL ? mask_code_too (receipt) : NULL;

  return entry;
}

EonayHistoryEntry *
eonay_history_entry_end (EonayHistoryEntry *self, EonayHistoryOutcome outcome, const char *code)
{
  g_return_val_if_fail (EONAY_IS_HISTORY_ENTRY (self) && outcome < EONAY_HISTORY_UNKNOWN, NULL);

  return end (self, outcome, code, NULL);
}

GPtrArray *
eonay_history_entry_end_batch (GPtrArray *batch, EonayHistoryOutcome outcome, const char *code,
                               const char *receipt)
{
  GPtrArray *ended;

  g_return_val_if_fail (batch != NULL && outcome < EONAY_HISTORY_UNKNOWN, NULL);

  ended = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < batch->len; i++)
    g_ptr_array_add (ended, end (batch->pdata[i], outcome, code, receipt));

  return ended;
}

const char *
eonay_history_outcome_to_word (EonayHistoryOutcome outcome)
{
  g_return_val_if_fail (outcome < EONAY_HISTORY_UNKNOWN, "");

  return outcomes[outcome].word;
}

gboolean
eonay_history_outcome_from_word (const char *word, EonayHistoryOutcome *outcome)
{
  for (guint i = 0; i < EONAY_HISTORY_UNKNOWN; i++)
    if (g_strcmp0 (word, outcomes[i].word) == 0)
      {
        *outcome = i;
        return TRUE;
      }

  return FALSE;
}

const char *
eonay_history_outcome_describe (EonayHistoryOutcome outcome)
{
  g_return_val_if_fail (outcome < EONAY_HISTORY_N_OUTCOMES, "");

  return _ (outcomes[outcome].description);
}

const char *
eonay_history_entry_describe_operation (EonayHistoryEntry *self)
{
  EonayOperation operation;

  if (strcmp (self->operation, EONAY_HISTORY_OWN_FILE) == 0)
    return _ ("Own file");

  return eonay_transaction_operation_from_word (self->operation, &operation)
             ? eonay_words_operation (operation)
             : self->operation;
}

char *
eonay_history_entry_describe_document (EonayHistoryEntry *self)
{
  if (self->n_documents < 2)
    return g_strdup (self->label);

  /* TRANSLATORS: a document's name, its number, and of how many. */
  return g_strdup_printf (_ ("%s (%u of %u)"), self->label, self->document + 1, self->n_documents);
}

char *
eonay_history_entry_describe_time (EonayHistoryEntry *self)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (self->signed_at);

  return time != NULL ? eonay_words_time (time) : g_strdup ("");
}

char *
eonay_history_fold (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  GString *plain = g_string_new (folded);

  g_string_replace (plain, "i\u0307", "i", 0);
  g_string_replace (plain, "ı", "i", 0);

  return g_string_free (plain, FALSE);
}

gboolean
eonay_history_entry_matches (EonayHistoryEntry *self, const char *needle)
{
  g_autofree char *time = eonay_history_entry_describe_time (self);
  const char *const words[] = { eonay_history_entry_describe_operation (self),
                                self->portal_name,
                                self->portal_id,
                                self->label,
                                eonay_history_outcome_describe (self->outcome),
                                self->code,
                                self->receipt,
                                self->serial,
                                self->issuer,
                                self->digest,
                                time };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *folded = words[i] != NULL ? eonay_history_fold (words[i]) : NULL;

      if (folded != NULL && strstr (folded, needle) != NULL)
        return TRUE;
    }

  return FALSE;
}
