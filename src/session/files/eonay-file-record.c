#include "session/files/eonay-file-record.h"

#include "base/eonay-error.h"
#include "session/eonay-advice.h"
#include "session/eonay-journal.h"

GPtrArray *
eonay_file_record_begin (EonayHistory *history, GPtrArray *items, EonayCertificate *certificate,
                         GDateTime *signing_time)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_autoptr (GPtrArray) digests = g_ptr_array_new ();
  GPtrArray *entries;

  for (guint i = 0; i < items->len; i++)
    {
      EonayFileItem *item = items->pdata[i];

      g_clear_object (&item->entry);
      g_ptr_array_add (labels, (gpointer) eonay_own_file_get_name (item->file));
      g_ptr_array_add (digests, eonay_own_file_get_digest (item->file));
    }
  if (history == NULL || !eonay_history_is_enabled (history))
    return NULL;

  entries = eonay_history_entry_new_own_batch (labels, digests, certificate, signing_time);
  for (guint i = 0; i < items->len; i++)
    ((EonayFileItem *) items->pdata[i])->entry = g_object_ref (entries->pdata[i]);

  return entries;
}

gboolean
eonay_file_record_is_not_made (const GError *card_error)
{
  return g_error_matches (card_error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         eonay_card_error_is_about_pin (card_error) ||
         eonay_card_error_get_pin_try (card_error) == EONAY_PIN_TRY_NOT_SENT;
}

static EonayHistoryOutcome
find_outcome (const EonayFileItem *item, guint place, guint n_signed, const GError *card_error)
{
  if (item->result != NULL)
    return EONAY_HISTORY_SAVED;
  if (place < n_signed)
    return EONAY_HISTORY_UNSAVED;
  if (place > n_signed || eonay_file_record_is_not_made (card_error))
    return EONAY_HISTORY_FAILED;

  return EONAY_HISTORY_UNFINISHED;
}

void
eonay_file_record_end (EonayHistory *history, GPtrArray *items, guint n_signed,
                       const GError *card_error)
{
  g_autoptr (GPtrArray) ended = g_ptr_array_new_with_free_func (g_object_unref);
  const EonayFileItem *first = items->pdata[0];

  if (first->entry == NULL)
    return;

  if (n_signed == 0 && eonay_file_record_is_not_made (card_error))
    {
      eonay_history_remove (history, first->entry->batch);
      return;
    }

  for (guint i = 0; i < items->len; i++)
    {
      const EonayFileItem *item = items->pdata[i];
      const GError *error = item->error != NULL ? item->error : card_error;
      g_autoptr (EonayAdvice) advice = item->result == NULL && error != NULL
                                           ? eonay_advice_new (error)
                                           : NULL;

      g_ptr_array_add (ended, eonay_history_entry_end (item->entry,
                                                       find_outcome (item, i, n_signed, card_error),
                                                       advice != NULL ? advice->code : NULL));
    }
  eonay_history_put_async (history, ended, NULL, NULL);
}

void
eonay_file_record_saved (EonayHistory *history, GPtrArray *items)
{
  g_autoptr (GPtrArray) saved = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < items->len; i++)
    {
      const EonayFileItem *item = items->pdata[i];

      if (item->entry != NULL && item->result != NULL)
        g_ptr_array_add (saved, eonay_history_entry_end (item->entry, EONAY_HISTORY_SAVED, NULL));
    }
  if (saved->len > 0)
    eonay_history_put_async (history, saved, NULL, NULL);
}

void
eonay_file_record_journal (GPtrArray *items, const GError *error)
{
  EonayJournalEntry entry = { .error = error };

  for (guint i = 0; i < items->len; i++)
    entry.n_signed += ((EonayFileItem *) items->pdata[i])->result != NULL;
  entry.n_failed = items->len - entry.n_signed;

  eonay_journal_write (entry.n_signed > 0 ? EONAY_JOURNAL_FILES_SIGNED : EONAY_JOURNAL_FILES_FAILED,
                       &entry);
}
