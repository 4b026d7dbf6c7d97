#include "session/eonay-journal.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/eonay-error.h"
#include "eonay-config.h"
#include "session/eonay-advice.h"

#define SOCKET_PATH "/run/systemd/journal/socket"
#define KEY "journal"

/* Of syslog(3). */
#define PRIORITY_WARNING 4
#define PRIORITY_INFO 6

typedef struct {
  const char *word;
  const char *message_id;
  int priority;
  const char *message;
} Row;

static const Row rows[EONAY_JOURNAL_N_EVENTS] = {
  [EONAY_JOURNAL_TRANSACTION_OPENED] = { "transaction-opened", "5ed985a9166449b8b6028e0e37f9a372",
                                         PRIORITY_INFO, "The portal's transaction was opened" },
  [EONAY_JOURNAL_TRANSACTION_FAILED] = { "transaction-failed", "35ebf498fd494be3a5e577aa5cc4311b",
                                         PRIORITY_WARNING,
                                         "The portal's transaction was not opened" },
  [EONAY_JOURNAL_TRANSACTION_DECLINED] = { "transaction-declined",
                                           "114c14ff1ee340f1b44abdca84c654ab", PRIORITY_INFO,
                                           "The person declined to sign" },
  [EONAY_JOURNAL_TRANSACTION_EXPIRED] = { "transaction-expired", "1ac36b5c2b744d3c80227f5bf3a205e4",
                                          PRIORITY_INFO, "The time of the code ran out" },
  [EONAY_JOURNAL_SIGNED] = { "signed", "22babc6f9753400284af85b050ab8cf8", PRIORITY_INFO,
                             "The card has signed" },
  [EONAY_JOURNAL_SIGNING_FAILED] = { "signing-failed", "a788258274b04336a5382a153e8651fa",
                                     PRIORITY_WARNING, "The card has not signed" },
  [EONAY_JOURNAL_DELIVERED] = { "delivered", "87a6eff9f3f04b909101fec73cba195c", PRIORITY_INFO,
                                "The portal has accepted the signatures" },
  [EONAY_JOURNAL_DELIVERY_FAILED] = { "delivery-failed", "a8bbb275fd454ddebfc99b9c571a5b2e",
                                      PRIORITY_WARNING,
                                      "The portal has not accepted the signatures" },
  [EONAY_JOURNAL_FILES_SIGNED] = { "files-signed", "e0601f759104409dbe7085d76e7956e0",
                                   PRIORITY_INFO, "Own files were signed" },
  [EONAY_JOURNAL_FILES_FAILED] = { "files-failed", "4270ab2387854a2fae623bc6000485de",
                                   PRIORITY_WARNING, "Own files were not signed" },
  [EONAY_JOURNAL_PIN_CHANGED] = { "pin-changed", "0a7ab5b8720b4efaad7d0fa2240be475", PRIORITY_INFO,
                                  "The PIN was changed" },
  [EONAY_JOURNAL_PIN_CHANGE_FAILED] = { "pin-change-failed", "cff4ae701da94583929a5ee7b2db1d01",
                                        PRIORITY_WARNING, "The PIN was not changed" },
  [EONAY_JOURNAL_UNBLOCKED] = { "unblocked", "22406d8c5aeb4b2bbc67b788e8f7986b", PRIORITY_INFO,
                                "The card was unblocked" },
  [EONAY_JOURNAL_UNBLOCKING_FAILED] = { "unblocking-failed", "685366a366284e3f8946b6049ee0928f",
                                        PRIORITY_WARNING, "The card was not unblocked" },
  [EONAY_JOURNAL_CARD_FAILED] = { "card-failed", "f3cf4d672bc34579bd22f2ff6842ff2e",
                                  PRIORITY_WARNING, "The card in the reader cannot be used" },
  [EONAY_JOURNAL_CHECK_FAILED] = { "check-failed", "404001abe8f249db8a3cccbd67b36dbd",
                                   PRIORITY_WARNING, "The diagnosis has found a problem" },
};

guint64
eonay_journal_new_run (void)
{
  return (guint64) g_random_int () << 32 | MAX (g_random_int (), 1);
}

/* Not eonay_settings_new(), which tells people when the settings are not installed. */
static GSettings *
get_settings (void)
{
  static GSettings *settings;
  GSettingsSchemaSource *source;
  g_autoptr (GSettingsSchema) schema = NULL;

  if (settings != NULL)
    return settings;

  source = g_settings_schema_source_get_default ();
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, EONAY_APPLICATION_ID, TRUE);
  if (schema != NULL && g_settings_schema_has_key (schema, KEY))
    settings = g_settings_new_full (schema, NULL, NULL);

  return settings;
}

static gboolean
is_printed (void)
{
  return g_strcmp0 (g_getenv ("EONAY_JOURNAL"), "stderr") == 0;
}

static gboolean
is_on (void)
{
  GSettings *settings = get_settings ();

  return settings != NULL && g_settings_get_boolean (settings, KEY);
}

static void
add (GString *fields, const char *name, const char *value)
{
  g_string_append_printf (fields, "%s=%s\n", name, value);
}

static void
add_number (GString *fields, const char *name, gint64 value)
{
  g_string_append_printf (fields, "%s=%" G_GINT64_FORMAT "\n", name, value);
}

/* An id that a person has given may be a name. */
static void
add_portal (GString *fields, EonayPortalProfile *profile)
{
  GFile *file = eonay_portal_profile_get_file (profile);
  g_autoptr (GFile) own = g_file_new_for_path (g_get_user_config_dir ());

  if (eonay_portal_profile_is_practice (profile))
    add (fields, "EONAY_PRACTICE", "1");
  else
    add (fields, "EONAY_PORTAL",
         file == NULL || g_file_has_prefix (file, own) ? "own"
                                                       : eonay_portal_profile_get_id (profile));
}

static const char *
find_code (const EonayJournalEntry *entry)
{
  if (g_error_matches (entry->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;

  return entry->error != NULL ? eonay_advice_get_code (entry->error->domain, entry->error->code)
                              : entry->code;
}

static GString *
new_fields (EonayJournalEvent event, const EonayJournalEntry *entry)
{
  GString *fields = g_string_new (NULL);
  const char *code = find_code (entry);
  int tries_left = entry->error != NULL ? eonay_card_error_get_tries_left (entry->error) : -1;

  g_string_append_printf (fields, "MESSAGE=%s%s%s\n", rows[event].message, code != NULL ? ": " : "",
                          code != NULL ? code : "");
  add (fields, "MESSAGE_ID", rows[event].message_id);
  add_number (fields, "PRIORITY", rows[event].priority);
  add (fields, "SYSLOG_IDENTIFIER", "eonay");
  add (fields, "EONAY_EVENT", rows[event].word);
  add (fields, "EONAY_VERSION", EONAY_VERSION);
  if (code != NULL)
    add (fields, "EONAY_CODE", code);
  if (tries_left >= 0)
    add_number (fields, "EONAY_TRIES_LEFT", tries_left);
  if (entry->check != NULL)
    add (fields, "EONAY_CHECK", entry->check);
  if (entry->transaction != NULL)
    add (
        fields, "EONAY_OPERATION",
        eonay_transaction_operation_to_word (eonay_transaction_get_operation (entry->transaction)));
  if (entry->profile != NULL)
    add_portal (fields, entry->profile);
  if (entry->run != 0)
    g_string_append_printf (fields, "EONAY_TRANSACTION=%016" G_GINT64_MODIFIER "x\n", entry->run);
  if (entry->n_signed > 0)
    add_number (fields, "EONAY_SIGNED", entry->n_signed);
  if (entry->n_failed > 0)
    add_number (fields, "EONAY_FAILED", entry->n_failed);

  return fields;
}

/* GLib's own writer would wait for a service that does not take it. */
static void
send_fields (const GString *fields)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = SOCKET_PATH };
  int fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  if (fd == -1)
    return;

  if (sendto (fd, fields->str, fields->len, MSG_NOSIGNAL, (struct sockaddr *) &address,
              sizeof address) == -1)
    g_debug ("The journal does not take an entry: %s", g_strerror (errno));
  close (fd);
}

static void
print_fields (GString *fields)
{
  fields->str[fields->len - 1] = '\0';
  g_strdelimit (fields->str, "\n", '\t');
  g_printerr ("eonay-journal: %s\n", fields->str);
}

void
eonay_journal_write (EonayJournalEvent event, const EonayJournalEntry *entry)
{
  g_autoptr (GString) fields = NULL;

  g_return_if_fail (event < EONAY_JOURNAL_N_EVENTS && entry != NULL);

  if (!is_printed () && !is_on ())
    return;

  fields = new_fields (event, entry);
  if (is_printed ())
    print_fields (fields);
  else
    send_fields (fields);
}

void
eonay_journal_write_request (EonayTokenRequestKind kind, const GError *error)
{
  const EonayJournalEntry entry = { .error = error };
  EonayJournalEvent event;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (kind == EONAY_TOKEN_REQUEST_UNBLOCK)
    event = error == NULL ? EONAY_JOURNAL_UNBLOCKED : EONAY_JOURNAL_UNBLOCKING_FAILED;
  else
    event = error == NULL ? EONAY_JOURNAL_PIN_CHANGED : EONAY_JOURNAL_PIN_CHANGE_FAILED;
  eonay_journal_write (event, &entry);
}

static void
on_readers_changed (EonayReaderList *readers)
{
  static const char name[] = "eonay-journal-reading";
  GListModel *model = G_LIST_MODEL (readers);

  /* A module may be found that can use it. */
  if (eonay_reader_list_is_searching (readers))
    return;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (model, i);
      EonayJournalEntry entry = { .error = eonay_reader_get_error (reader) };
      /* Of the first reading, too, it is another than nothing. */
      guint reading = eonay_reader_get_reading (reader) + 1;

      if (entry.error == NULL ||
          GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (reader), name)) == reading)
        continue;

      g_object_set_data (G_OBJECT (reader), name, GUINT_TO_POINTER (reading));
      eonay_journal_write (EONAY_JOURNAL_CARD_FAILED, &entry);
    }
}

void
eonay_journal_follow_readers (EonayReaderList *readers)
{
  g_return_if_fail (EONAY_IS_READER_LIST (readers));

  g_signal_connect (readers, "changed", G_CALLBACK (on_readers_changed), NULL);
}
